import { clockMinutes, clockTime, shortDate, type TimeZoneChoice } from '../../domain/words/clock';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const monthMs = 28 * dayMs;

/** The label of a tick of a time axis whose ticks are `stepMs` apart. `strong`: a new day where smaller steps are shown. */
export function tickWords(
  { ms, strong }: { ms: number; strong: boolean },
  stepMs: number,
  nowMs: number,
  zone: TimeZoneChoice,
): string {
  if (stepMs >= monthMs) return monthWords(ms, nowMs, zone);
  if (stepMs >= dayMs || strong) return shortDate(ms, nowMs, zone);
  return stepMs < minuteMs ? clockTime(ms, zone) : clockMinutes(ms, zone);
}

/** "Nov", with the year in a year that is not this one. */
function monthWords(ms: number, nowMs: number, zone: TimeZoneChoice): string {
  const [, month = '', year] = /^\d+ (\w+)(?: (\d+))?/.exec(shortDate(ms, nowMs, zone)) ?? [];
  return year ? `${month} ${year}` : month;
}
