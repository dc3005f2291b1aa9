import { momentsOf, zoneOffsetMs } from './zone';

/**
 * What a person typed as a time. `at`: one moment (UTC milliseconds). `skipped`: the clocks were set forward over it, so it does not
 * exist. `twice`: the clocks were set back over it, so there are two, the earlier one first.
 */
export type TypedMoment =
  | { kind: 'at'; atMs: number }
  | { kind: 'none' }
  | { kind: 'skipped' }
  | { kind: 'twice'; atMs: [number, number] };

const form =
  /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[T ]+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s*(UTC|Z|[+−-]\d{2}:?\d{2})?$/i;
const relative = /^[-−]\s*(\d+(?:\.\d+)?)\s*(s|m|min|h|d)$/i;
const relativeDay = /^(today|yesterday)\b\s*/i;
const dateOnly = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const dayMs = 86_400_000;
/** Clocks change by multiples of half an hour, by three hours at most. */
const changeStepMs = 30 * 60_000;
const maxChangeMs = 3 * 3_600_000;
const none: TypedMoment = { kind: 'none' };

/**
 * A moment as a person types it: "2026-11-22 14:02:13.4", "14:02" (the latest such time that is not after now), "2026-11-22", or an ISO
 * time with Z or an offset such as +02:00, whatever `zone` says; "-5m" or "-2h" before now; "yesterday", "yesterday 14:02", "today". A time is that of the clocks of the zone on its own day. `localZone`:
 * the IANA name of this computer's zone.
 */
export function parseMoment(
  typed: string,
  zone: 'utc' | 'local',
  nowMs: number,
  localZone = Intl.DateTimeFormat().resolvedOptions().timeZone,
): TypedMoment {
  const text = typed.trim();
  const shown = zone === 'utc' ? 'UTC' : localZone;
  const before = relative.exec(text);
  if (before) return { kind: 'at', atMs: Math.round(nowMs - Number(before[1]) * unitMs(before[2])) };
  const named = relativeDay.exec(text);
  if (named) {
    const ago = named[1]?.toLowerCase() === 'yesterday' ? 1 : 0;
    const localMs = nowMs + zoneOffsetMs(shown, nowMs) - ago * dayMs;
    const date = new Date(localMs).toISOString().slice(0, 10);
    const rest = text.slice(named[0].length);
    return /^(?:\d{1,2}:.*)?$/.test(rest) ? parseMoment(`${date} ${rest}`, zone, nowMs, localZone) : none;
  }
  const day = dateOnly.exec(text);
  if (day) return beginningOf(shown, shownDay(day.slice(1)));
  const found = form.exec(text);
  if (!found) return none;
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return none;
  const timeMs = ((hour * 60 + minute) * 60 + second) * 1000 + Number((found[7] ?? '0').padEnd(3, '0'));
  const offsetMs = typedOffsetMs(found[8]);
  const used = (localMs: number): TypedMoment =>
    offsetMs === null ? momentIn(shown, localMs) : { kind: 'at', atMs: localMs - offsetMs };
  if (found[1] !== undefined) {
    const dayStartMs = shownDay(found.slice(1, 4));
    return dayStartMs === null ? none : used(dayStartMs + timeMs);
  }
  const localNowMs = nowMs + (offsetMs ?? zoneOffsetMs(shown, nowMs));
  const todayMs = Math.floor(localNowMs / dayMs) * dayMs;
  return upTo(nowMs, used(todayMs + timeMs)) ?? used(todayMs - dayMs + timeMs);
}

function unitMs(unit = 's'): number {
  switch (unit.charAt(0).toLowerCase()) {
    case 'd':
      return dayMs;
    case 'h':
      return 3_600_000;
    case 'm':
      return 60_000;
    default:
      return 1000;
  }
}

/** The moment without what is after `nowMs`; null when nothing is left. */
function upTo(nowMs: number, moment: TypedMoment): TypedMoment | null {
  if (moment.kind === 'at') return moment.atMs > nowMs ? null : moment;
  if (moment.kind !== 'twice') return moment;
  const [first, second] = moment.atMs;
  if (first > nowMs) return null;
  return second > nowMs ? { kind: 'at', atMs: first } : moment;
}

/** The moments at which the clocks of a zone show a time, given as if it were UTC. */
function momentIn(zone: string, localMs: number | null): TypedMoment {
  if (localMs === null) return none;
  const [first, second] = momentsOf(zone, localMs);
  if (first === undefined) return { kind: 'skipped' };
  return second === undefined ? { kind: 'at', atMs: first } : { kind: 'twice', atMs: [first, second] };
}

/** The first moment of a day; where a clock change skips midnight, the first after it. */
function beginningOf(zone: string, dayStartMs: number | null): TypedMoment {
  if (dayStartMs === null) return none;
  for (let step = 0; step <= maxChangeMs / changeStepMs; step += 1) {
    const [first] = momentsOf(zone, dayStartMs + step * changeStepMs);
    if (first !== undefined) return { kind: 'at', atMs: first };
  }
  return { kind: 'skipped' };
}

/** The beginning of a day as if it were in UTC; null where there is no such day, such as 31 February. */
function shownDay(parts: readonly (string | undefined)[]): number | null {
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  const ms = Date.UTC(year, month - 1, day);
  const made = new Date(ms);
  return made.getUTCMonth() + 1 === month && made.getUTCDate() === day ? ms : null;
}

/** Null: none was typed. */
function typedOffsetMs(text: string | undefined): number | null {
  if (text === undefined) return null;
  const [, sign, hours = '0', minutes = '0'] = /^([+−-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
