import type { TimeRange } from '../../../domain/model/history';
import type { TimelineData } from '../../ui/timeline/timeline-data';
import { plural } from '../../../domain/words/amount';
import { age, duration } from '../../../domain/words/duration';
import { gapWords } from './gap-words';

/** "16 clusters, 30 m: 12 events. Not monitored for 2 m of it." */
export function rangeWords(
  range: TimeRange,
  clusters: number,
  events: number,
  { gaps, eventsRead, cut }: Pick<TimelineData, 'gaps' | 'eventsRead' | 'cut'>,
  nowMs: number,
): string {
  const lengthMs = range.toMs - range.fromMs;
  const length = lengthMs < 10_000 ? age(lengthMs) : duration(lengthMs);
  const known = `${cut ? 'at least ' : ''}${plural(events, 'event')}`;
  const counted = eventsRead ? known : 'reading the events';
  return `${plural(clusters, 'cluster')}, ${length}: ${counted}.${gapWords(gaps, range, nowMs)}`;
}

/** The length of a measured span; empty where nothing is measured. */
export function measuredWords(measured: TimeRange | null): string {
  if (measured === null) return '';
  const ms = Math.abs(measured.toMs - measured.fromMs);
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : duration(ms);
}
