import { z } from 'zod';

const timeMs = z.number().int();
const rowNumber = z.number().int().min(0);
/** SHA-256 of a public key in hexadecimal, for people to compare. */
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/** How far a history is sealed and signed according to its own ledger. Nothing is verified, because that reads every record. */
export const proofStandingSchema = z.object({
  file: z.string(),
  historyId: z.string(),
  /** Row number of the last event. */
  lastEventId: rowNumber,
  seals: rowNumber,
  /** Covers everything written before `atMs`, up to event `eventId`; null when nothing is sealed yet. */
  lastSeal: z.object({ atMs: timeMs, ledgerId: rowNumber, eventId: rowNumber }).nullable(),
  /** Null when it is not signed. */
  lastSignature: z
    .object({ atMs: timeMs, ledgerId: rowNumber, eventId: rowNumber, key: fingerprint })
    .nullable(),
  /** The keys in the ledger, oldest first. `vouched`: the previous key signed this one; null for the first key. */
  keys: z.array(z.object({ fingerprint, sinceMs: timeMs, vouched: z.boolean().nullable() })),
});
export type ProofStanding = z.infer<typeof proofStandingSchema>;

export const proofQueries = {
  /** Of the file that is open, else of the recorded history. */
  'proof.standing': { args: z.void(), result: proofStandingSchema },
};

export const proofCommands = {
  /** Opens a save dialog, seals and signs up to now, and exports the head of the history; null when the person cancelled. */
  'proof.exportAnchor': {
    args: z.void(),
    result: z
      .object({
        file: z.string(),
        ledgerId: rowNumber,
        eventId: rowNumber,
        /** Null when the history, and so the anchor, is not signed. */
        signedBy: fingerprint.nullable(),
      })
      .nullable(),
  },
};
