import { z } from 'zod';

const timeMs = z.number().int();
const rowNumber = z.number().int().min(0);
/** SHA-256 of a public key, in hexadecimal: what people compare. */
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/** How far a history is sealed and signed, as its own ledger says. Nothing of it is verified: that reads every record. */
export const proofStandingSchema = z.object({
  file: z.string(),
  historyId: z.string(),
  /** The number of the last event that is written. */
  lastEventId: rowNumber,
  seals: rowNumber,
  /** Everything that was written before `atMs`, up to event `eventId`; null: nothing is sealed yet. */
  lastSeal: z.object({ atMs: timeMs, ledgerId: rowNumber, eventId: rowNumber }).nullable(),
  /** Null: nobody has signed it. */
  lastSignature: z
    .object({ atMs: timeMs, ledgerId: rowNumber, eventId: rowNumber, key: fingerprint })
    .nullable(),
  /** The keys that entered it, oldest first. `vouched`: the key before it signed for it; null: it is the first. */
  keys: z.array(z.object({ fingerprint, sinceMs: timeMs, vouched: z.boolean().nullable() })),
});
export type ProofStanding = z.infer<typeof proofStandingSchema>;

export const proofQueries = {
  /** Of the history that is written, or of the file that is open. */
  'proof.standing': { args: z.void(), result: proofStandingSchema },
};

export const proofCommands = {
  /** Seals and signs up to now, opens a save dialog, and writes where the history stands; null when the person cancelled. */
  'proof.exportAnchor': {
    args: z.void(),
    result: z
      .object({
        file: z.string(),
        ledgerId: rowNumber,
        eventId: rowNumber,
        /** Null: the history is not signed, so neither is its anchor. */
        signedBy: fingerprint.nullable(),
      })
      .nullable(),
  },
};
