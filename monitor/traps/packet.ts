import type { TrapEvidence } from '../../domain/traps/evidence';

/** A packet with where it came from and when: UTC and monotonic milliseconds. */
export interface Arrival {
  packet: Buffer;
  address: string;
  nowMs: number;
  monotonicMs: number;
}

/** What a packet deserves: an answer, or a place in the evidence, or neither. */
export interface Outcome {
  reply: Buffer | null;
  evidence: TrapEvidence | null;
}

export const nothing: Outcome = { reply: null, evidence: null };

/** Text from a stranger, fit to be shown: printable ASCII, short. */
export function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 40);
}
