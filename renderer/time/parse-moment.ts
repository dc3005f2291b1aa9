import type { TimeZoneChoice } from '../words/clock';

const form =
  /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[T ]+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s*(?:UTC|Z)?$/i;
const dateOnly = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const dayMs = 86_400_000;

/**
 * A moment as a person types it: "2026-11-22 14:02:13.4", "14:02" (the latest such time that is not after now), "2026-11-22",
 * or an ISO time with Z, which is UTC whatever `zone` says. UTC milliseconds; null when it is none of these.
 */
export function parseMoment(typed: string, zone: TimeZoneChoice, nowMs: number): number | null {
  const text = typed.trim();
  const day = dateOnly.exec(text);
  if (day) return momentOf(zone, Number(day[1]), Number(day[2]), Number(day[3]), 0, 0, 0, 0);
  const found = form.exec(text);
  if (!found) return null;
  const inUtc = zone === 'utc' || /(?:UTC|Z)$/i.test(text);
  const used: TimeZoneChoice = inUtc ? 'utc' : 'local';
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6] ?? 0)];
  const millis = Number((found[7] ?? '0').padEnd(3, '0'));
  if (found[1] !== undefined) {
    return momentOf(used, Number(found[1]), Number(found[2]), Number(found[3]), hour, minute, second, millis);
  }
  const now = new Date(nowMs);
  const [year, month, date] = inUtc
    ? [now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate()]
    : [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const today = momentOf(used, year, month, date, hour, minute, second, millis);
  return today !== null && today > nowMs ? today - dayMs : today;
}

/** Null for a date or time that does not exist, such as 31 February or 25:00. */
function momentOf(
  zone: TimeZoneChoice,
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millis: number,
): number | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  const made =
    zone === 'utc'
      ? new Date(Date.UTC(year, month - 1, day, hour, minute, second, millis))
      : new Date(year, month - 1, day, hour, minute, second, millis);
  const back =
    zone === 'utc' ? [made.getUTCMonth() + 1, made.getUTCDate()] : [made.getMonth() + 1, made.getDate()];
  return back[0] === month && back[1] === day ? made.getTime() : null;
}
