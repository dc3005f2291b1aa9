import type { Rounding } from './duration';

/** The tenth of a second in or at which a time lies, UTC milliseconds; the end of a bracket is rounded up. */
export function toTenth(timeMs: number, rounding: Rounding = 'down'): number {
  return (rounding === 'down' ? Math.floor(timeMs / 100) : Math.ceil(timeMs / 100)) * 100;
}

/** "2026-11-22 14:02:13.4", in UTC, which whatever stands around it has to name. */
export function utcMoment(timeMs: number, rounding: Rounding = 'down'): string {
  return new Date(toTenth(timeMs, rounding)).toISOString().slice(0, 21).replace('T', ' ');
}

/** "2026-11-22 14:02:13", in UTC. */
export function utcSecond(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** The time of day to the second, in UTC: "14:02:13". */
export function utcTimeOfDay(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 19);
}
