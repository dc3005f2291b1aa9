import { z } from 'zod';
import { keyFingerprintSchema, knownKeysSchema, newTrustedKeySchema } from '../proof/trusted-key';

const timeMs = z.number().int();
const rowNumber = z.number().int().min(0);
const fingerprint = keyFingerprintSchema;

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
  /** This computer's key and those that its user trusts. */
  'proof.keys': { args: z.void(), result: knownKeysSchema },
};

export const proofCommands = {
  /** Trusts a key, or renames a trusted one. A file that is open is verified again. */
  'proof.trust': { args: newTrustedKeySchema, result: knownKeysSchema },
  /** Stops trusting a key. A file that is open is verified again. */
  'proof.distrust': { args: z.object({ fingerprint }), result: knownKeysSchema },
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
