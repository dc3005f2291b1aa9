import { monthsIn } from '../../domain/calendar/zone';
import type { TimeRange } from '../../domain/model/history';

const dayMs = 86_400_000;

/** A range to choose from, and what it is called. */
export interface NamedRange {
  words: string;
  range: TimeRange;
}

/** The ranges that customers ask for, up to `nowMs`; months are those of the zone. */
export function reportRanges(nowMs: number, zone: string): NamedRange[] {
  const latest = (ms: number): TimeRange => ({ fromMs: Math.max(0, nowMs - ms), toMs: nowMs });
  const months = monthsIn(zone, { fromMs: Math.max(0, nowMs - 70 * dayMs), toMs: nowMs });
  const [last, current] = months.slice(-2);
  return [
    { words: 'the last 24 hours', range: latest(dayMs) },
    { words: 'the last 7 days', range: latest(7 * dayMs) },
    ...(current ? [{ words: 'this month', range: current }] : []),
    ...(last ? [{ words: 'last month', range: last }] : []),
  ];
}
