import { parseMoment } from '../../../domain/calendar/parse-moment';

/** What was typed as a place and a time: "fra-01 21:25:40", "fra-01 yesterday 14:02". */
export interface PlaceAndTime {
  /** Empty: a time alone. */
  place: string;
  /** Several where the clocks were set back over it. */
  timesMs: readonly number[];
}

/** Splits off the longest end of the text that is a time not after now; null: it has none. */
export function placeAndTime(typed: string, zone: 'utc' | 'local', nowMs: number): PlaceAndTime | null {
  const words = typed.trim().split(/\s+/);
  for (let from = 0; from < words.length; from += 1) {
    const moment = parseMoment(words.slice(from).join(' '), zone, nowMs);
    const all = moment.kind === 'at' ? [moment.atMs] : moment.kind === 'twice' ? moment.atMs : [];
    const timesMs = all.filter((ms) => ms <= nowMs);
    if (all.length > 0) return timesMs.length > 0 ? { place: words.slice(0, from).join(' '), timesMs } : null;
  }
  return null;
}
