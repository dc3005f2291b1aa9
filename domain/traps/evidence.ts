import type { LbRole } from '../model/role';

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

/** What a notification means, before anybody asked whose it is. */
export interface TrapMeaning {
  kind: TrapKind;
  /** What it says, as the end of a sentence: "link down on vmx2". */
  words: string;
  interfaceIndex: number | null;
  role: LbRole | null;
}

/**
 * What an edge told by itself. It is a hint where to look and a line of evidence, never a reading: no role, no state and no
 * bracket comes from it alone.
 */
export interface TrapEvidence extends TrapMeaning {
  edgeId: string;
  /** When it came in: UTC and monotonic, milliseconds. The sender sent it earlier; how much, nobody can tell. */
  atMs: number;
  atMonotonicMs: number;
  notification: 'trap' | 'inform';
  /** Signed with the edge's key and inside its engine's time window (RFC 3414), as far as Heron knew its engine. */
  authenticated: boolean;
}

/** How long evidence counts, and how much of it is kept of one edge. */
export const evidenceKeptMs = 60_000;
const mostKept = 24;

/** Adds evidence and drops what is too old or too much, oldest first. */
export function keepEvidence(kept: readonly TrapEvidence[], next: TrapEvidence): TrapEvidence[] {
  return [...recentEvidence(kept, next.atMonotonicMs), next].slice(-mostKept);
}

/** What came in within the last minute. */
export function recentEvidence(kept: readonly TrapEvidence[], nowMonotonicMs: number): TrapEvidence[] {
  return kept.filter((one) => nowMonotonicMs - one.atMonotonicMs <= evidenceKeptMs);
}

/** One line for the record: who, when, what, and how sure. */
export function evidenceWords(evidence: TrapEvidence, edgeName: string): string {
  const time = new Date(evidence.atMs).toISOString().slice(11, 23);
  const sure = evidence.authenticated ? 'authenticated' : 'not authenticated';
  return `${edgeName} sent a ${evidence.notification} at ${time} UTC: ${evidence.words} (${sure}).`;
}
