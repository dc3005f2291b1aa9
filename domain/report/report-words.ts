/** "2026-11-22 14:02:13.4 UTC" without the zone: every heading says UTC. */
export function utc(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 21).replace('T', ' ');
}

/** A length of time: "0.9 s", "2 m 51 s", "3 h 5 m", "12 d 4 h". */
export function lengthWords(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const [seconds, minutes, hours, days] = [ms / 1000, ms / 60_000, ms / 3_600_000, ms / 86_400_000].map(
    Math.floor,
  );
  if (ms < 3_600_000) return `${minutes} m ${(seconds ?? 0) % 60} s`;
  if (ms < 86_400_000) return `${hours} h ${(minutes ?? 0) % 60} m`;
  return `${days} d ${(hours ?? 0) % 24} h`;
}

/** "0.9 to 3.1 s", never "about 2 s". */
export function spanWords({ atLeast, atMost }: { atLeast: number; atMost: number }): string {
  if (atMost < 60_000) return `${(atLeast / 1000).toFixed(1)} to ${(atMost / 1000).toFixed(1)} s`;
  return `${lengthWords(atLeast)} to ${lengthWords(atMost)}`;
}

/**
 * A part as a percentage that never looks better than it is: rounded down for the lower bound, up for the upper one, to a
 * thousandth of a percent.
 */
export function percent(part: number | null, towards: 'down' | 'up'): string {
  if (part === null) return 'not counted';
  const scaled = part * 100_000;
  const rounded = towards === 'down' ? Math.floor(scaled + 1e-6) : Math.ceil(scaled - 1e-6);
  return `${(rounded / 1000).toFixed(3)} %`;
}

/** Text for HTML and SVG. */
export function escaped(text: string): string {
  return text.replaceAll(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  );
}

/** What a state is called. */
export const stateNames: Record<string, string> = {
  up: 'Up',
  degraded: 'Degraded',
  'no-redundancy': 'No redundancy',
  'no-active-lb': 'No active LB',
  'split-brain': 'Split brain',
  down: 'Down',
  unknown: 'Unknown',
  maintenance: 'Maintenance',
  disabled: 'Disabled',
};

/** What an incident is called. */
export const incidentNames: Record<string, string> = {
  'no-active-lb': 'No active LB',
  'split-brain': 'Split brain',
  flapping: 'Flapping',
  failover: 'Failover',
  'edge-down': 'Edge down',
  degraded: 'Degraded',
  failback: 'Failback',
  'not-seen': 'Not seen',
};
