const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The lengths of the time window that can be chosen. */
export const windows: readonly { ms: number; words: string }[] = [
  { ms: 5 * minuteMs, words: '5 min' },
  { ms: 30 * minuteMs, words: '30 min' },
  { ms: 2 * hourMs, words: '2 h' },
  { ms: 6 * hourMs, words: '6 h' },
  { ms: dayMs, words: '24 h' },
  { ms: 7 * dayMs, words: '7 d' },
  { ms: 30 * dayMs, words: '30 d' },
  { ms: 365 * dayMs, words: '1 y' },
];

export const standardWindowMs = 30 * minuteMs;

/** The next wider window; the widest stays. */
export function widerWindow(ms: number): number {
  return windows.find((one) => one.ms > ms)?.ms ?? ms;
}

/** The next shorter window; the shortest, and what is shorter, stays. */
export function narrowerWindow(ms: number): number {
  return windows.findLast((one) => one.ms < ms)?.ms ?? ms;
}

/** "30 min"; of a window that is none of those above, in its largest fitting unit: "42 s", "3.5 h". */
export function windowWords(ms: number): string {
  const known = windows.find((one) => one.ms === ms);
  if (known) return known.words;
  const units: readonly [number, string][] = [
    [dayMs, 'd'],
    [hourMs, 'h'],
    [minuteMs, 'min'],
  ];
  const [unitMs, unit] = units.find(([size]) => ms >= size) ?? [1000, 's'];
  return `${Number((ms / unitMs).toPrecision(2))} ${unit}`;
}
