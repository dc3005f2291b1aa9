import type { RoleWitness, WitnessKind } from '../../model/role';
import { thresholds } from '../../model/thresholds';
import { isUsable, roleReportedBy } from './resolve-role';
import type { RoleObservation } from './role-track';

/** Witnesses of one LB that contradict each other. Times are monotonic milliseconds. */
export interface Disagreement {
  readings: number;
  fromMs: number;
  toMs: number;
  /** Agreeing readings since; a single one does not end it. */
  agreeing: number;
  confirmed: boolean;
  /** Each witness's last contradicting report. */
  words: RoleWitness[];
}

/**
 * Applies the witnesses' reports of one observation. They can only disagree on whether the LB is MASTER, because not every witness
 * distinguishes INIT from BACKUP. A disagreement is confirmed by several readings over a longer time than the reports may lag: an
 * agent's cache that lags during a take-over is no disagreement. A reading with one witness shows neither.
 */
export function observeDisagreement(track: Disagreement | null, seen: RoleObservation): Disagreement | null {
  if (track === null && seen.witnesses.length < 2) return null;
  const nowMs = seen.toMonotonicMs;
  const words = seen.witnesses.filter(isUsable);
  const masterOf = (kind: WitnessKind): boolean => roleReportedBy(words, kind) === 'master';
  const kinds = [...new Set(words.map(({ witness }) => witness))];
  const [first, ...others] = kinds;
  if (first === undefined || others.length === 0) {
    return track && nowMs - track.toMs > thresholds.disagreementKeptMs ? null : track;
  }
  if (others.every((kind) => masterOf(kind) === masterOf(first))) {
    const agreeing = (track?.agreeing ?? 0) + 1;
    if (!track?.confirmed || agreeing >= thresholds.agreeReadings) return null;
    return { ...track, agreeing, toMs: nowMs };
  }
  const fromMs = track?.fromMs ?? nowMs;
  const readings = (track?.readings ?? 0) + 1;
  const behindMs = Math.max(...words.map((word) => word.maxAgeMs));
  const lasted = nowMs - fromMs > behindMs + thresholds.disagreeMs;
  const confirmed = track?.confirmed === true || (readings >= thresholds.disagreeReadings && lasted);
  return { readings, fromMs, toMs: nowMs, agreeing: 0, confirmed, words };
}
