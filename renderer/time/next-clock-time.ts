import type { TimeZoneChoice } from '../../domain/words/clock';

/** The first moment later than `afterMs` at which the clocks of the zone show this hour, UTC milliseconds. */
export function nextClockTime(hour: number, afterMs: number, zone: TimeZoneChoice): number {
  const date = new Date(afterMs);
  const atDay = (days: number): number =>
    zone === 'utc'
      ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + days, hour)
      : new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime();
  return [0, 1, 2].map(atDay).find((ms) => ms > afterMs) ?? atDay(2);
}
