import type { Reason } from '../../model/health';
import { plural } from '../../words/amount';
import { thresholds } from '../../model/thresholds';

/** How quickly an edge's agent has been answering health polls. */
export interface AnswerTime {
  /** Consecutive slow answers; while `high`, consecutive quick ones. */
  consecutive: number;
  high: boolean;
  lastMs: number;
  /** The latest answer that was not quick; the latest one while none is slow. */
  slowMs: number;
}

/**
 * Applies the duration of one answer, milliseconds. One slow answer is a busy moment; several in a row are high latency, which
 * as many quick ones end. A duration between quick and slow resets the count.
 */
export function observeAnswerTime(track: AnswerTime | null, latencyMs: number): AnswerTime {
  const high = track?.high ?? false;
  const against = high ? latencyMs < thresholds.quickAnswerMs : latencyMs > thresholds.slowAnswerMs;
  const consecutive = against ? (track?.consecutive ?? 0) + 1 : 0;
  const slowMs = high && against ? (track?.slowMs ?? latencyMs) : latencyMs;
  if (consecutive < thresholds.slowReadings) return { consecutive, high, lastMs: latencyMs, slowMs };
  return { consecutive: 0, high: !high, lastMs: latencyMs, slowMs };
}

/** High latency as a reason; empty while answers are quick enough. */
export function answerTimeReasons(edgeName: string, track: AnswerTime | null): Reason[] {
  if (!track?.high) return [];
  const { consecutive: quick, slowMs } = track;
  const slow = `${(slowMs / 1000).toFixed(1)} s.`;
  const fact =
    quick === 0
      ? `${edgeName} answers SNMP slowly: ${slow}`
      : `${edgeName} answered SNMP slowly until just now: ${slow}`;
  const since =
    quick === 0 ? '' : ` ${plural(quick, 'quick reading')} since; ${thresholds.slowReadings} end it.`;
  const detail = `Above ${thresholds.slowAnswerMs / 1000} s in ${thresholds.slowReadings} consecutive readings.${since} The edge is busy, or the path is slow.`;
  return [{ code: 'latency-high', fact, detail }];
}
