import type { LbRole } from '../model/role';
import { thresholds } from '../model/thresholds';

export const trapKinds = [
  'link-down',
  'link-disabled',
  'link-up',
  'cold-start',
  'warm-start',
  'agent-shutdown',
  'agent-restart',
  'role',
  'process',
  'threshold',
  'authentication-failure',
  'other',
] as const;
export type TrapKind = (typeof trapKinds)[number];

/** The meaning of a notification, independent of its sender. */
export interface TrapMeaning {
  kind: TrapKind;
  /** The meaning as the end of a sentence: "link down on vmx2". */
  words: string;
  interfaceIndex: number | null;
  role: LbRole | null;
}

/**
 * A notification of an edge. It triggers polls and is evidence, but not a reading: no role, state or bracket is derived from it
 * alone.
 */
export interface TrapEvidence extends TrapMeaning {
  edgeId: string;
  /** When it was received, UTC and monotonic milliseconds. When it was sent is unknown. */
  atMs: number;
  atMonotonicMs: number;
  notification: 'trap' | 'inform';
  /** Signed with the edge's key and inside its engine's time window (RFC 3414), as far as Heron knew its engine. */
  authenticated: boolean;
}

/** Adds evidence, and drops what is older than a minute or exceeds the maximum, oldest first. */
export function addEvidence(kept: readonly TrapEvidence[], next: TrapEvidence): TrapEvidence[] {
  return [...recentEvidence(kept, next.atMonotonicMs), next].slice(-thresholds.maxTrapEvidence);
}

/** The evidence of the last minute. */
export function recentEvidence(kept: readonly TrapEvidence[], nowMonotonicMs: number): TrapEvidence[] {
  return kept.filter((one) => nowMonotonicMs - one.atMonotonicMs <= thresholds.trapEvidenceMs);
}

/** The evidence as one sentence: sender, time, meaning and whether it was authenticated. */
export function evidenceWords(evidence: TrapEvidence, edgeName: string): string {
  const time = new Date(evidence.atMs).toISOString().slice(11, 23);
  const sure = evidence.authenticated ? 'authenticated' : 'not authenticated';
  return `${edgeName} sent a ${evidence.notification} at ${time} UTC: ${evidence.words} (${sure}).`;
}
