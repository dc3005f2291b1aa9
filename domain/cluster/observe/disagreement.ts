import type { RoleWitness, WitnessKind } from '../../model/role';
import { thresholds } from '../../model/thresholds';
import { isUsable, roleSaidBy } from './resolve-role';
import type { RoleObservation } from './role-track';

/** Witnesses of one LB that contradict each other. Times are monotonic milliseconds. */
export interface Disagreement {
  readings: number;
  fromMs: number;
  toMs: number;
  /** Agreeing readings since, of which one alone does not end it. */
  agreeing: number;
  confirmed: boolean;
  /** Each witness's last contradicting word. */
  words: RoleWitness[];
}

/**
 * Takes the words of one observation in. Only whether the LB is MASTER can be disagreed about: INIT and BACKUP are told
 * apart by some witnesses only. A disagreement is confirmed when it was read several times, for longer than the words
 * may be behind: an agent's cache that lags through a take-over is no disagreement. Readings with one witness say nothing.
 */
export function observeDisagreement(track: Disagreement | null, seen: RoleObservation): Disagreement | null {
  if (track === null && seen.witnesses.length < 2) return null;
  const nowMs = seen.toMonotonicMs;
  const words = seen.witnesses.filter(isUsable);
  const masterOf = (kind: WitnessKind): boolean => roleSaidBy(words, kind) === 'master';
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
