import type { HeronEvent } from '../../domain/model/event';
import type { SelfGap } from './self-monitor';

/** A stretch in which Heron could not watch, as the event it is. */
export function gapEvent(gap: SelfGap, nowMs: number): HeronEvent {
  const toMs = Math.round(gap.toMs);
  return {
    type: 'gap',
    timeMs: toMs,
    recordedAtMs: Math.round(nowMs),
    fromMs: Math.round(gap.fromMs),
    toMs,
    ...(gap.clusters ? { clusters: gap.clusters } : {}),
    reason: gap.reason,
    words: gap.words,
  };
}
