import type { TrapEvidence } from '../../domain/traps/evidence';

/** A packet with where it came from and when: UTC and monotonic milliseconds. */
export interface Arrival {
  packet: Buffer;
  address: string;
  nowMs: number;
  monotonicMs: number;
}

/** The answer to a packet, and the evidence it holds. */
export interface Outcome {
  reply: Buffer | null;
  evidence: TrapEvidence | null;
}

export const nothing: Outcome = { reply: null, evidence: null };

/** Untrusted text, fit to be shown: printable ASCII, short. */
export function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 40);
}
