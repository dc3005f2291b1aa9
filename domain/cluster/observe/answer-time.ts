import type { Reason } from '../../model/health';
import { thresholds } from '../../model/thresholds';

/** How an edge's agent has been taking its time over full readings. */
export interface AnswerTime {
  /** Slow answers in a row; while `high`, quick ones in a row. */
  inARow: number;
  high: boolean;
  lastMs: number;
}

/**
 * Takes the time of one answer in, milliseconds. One slow answer is a busy moment; several in a row are high latency,
 * which as many quick ones end. What lies between quick and slow changes nothing.
 */
export function observeAnswerTime(track: AnswerTime | null, latencyMs: number): AnswerTime {
  const high = track?.high ?? false;
  const against = high ? latencyMs < thresholds.quickAnswerMs : latencyMs > thresholds.slowAnswerMs;
  const inARow = against ? (track?.inARow ?? 0) + 1 : 0;
  if (inARow < thresholds.slowReadings) return { inARow, high, lastMs: latencyMs };
  return { inARow: 0, high: !high, lastMs: latencyMs };
}

/** High latency as a reason; empty while answers are quick enough. */
export function answerTimeReasons(edgeName: string, track: AnswerTime | null): Reason[] {
  if (!track?.high) return [];
  const fact = `${edgeName} answers SNMP slowly: ${(track.lastMs / 1000).toFixed(1)} s.`;
  const detail = `Above ${thresholds.slowAnswerMs / 1000} s in ${thresholds.slowReadings} readings on end. Busy edge, or a slow path?`;
  return [{ code: 'latency-high', fact, detail }];
}
