import { z } from 'zod';
import { chainPlaceSchema, fingerprintSchema, publicKeySchema, signatureSchema } from './signed-text';

/**
 * Who signs a history: the holder of an Ed25519 key, in the main thread or farther away. The private key never reaches
 * SQLite, nor the writer's thread.
 */
export interface HistorySigner {
  /** Raw public key, base64. */
  readonly publicKey: string;
  /** Signs with the key: 64 bytes in base64. May reject; the history is then unsigned until the next try. */
  sign(text: Uint8Array): Promise<string>;
  /** Signs with a former key of this holder, by its fingerprint; null when that key is missing. */
  signWithFormer(fingerprint: string, text: Uint8Array): Promise<string | null>;
}

/** The signer, or an actionable reason why there is none. */
export type SignerOrWhyNot = { signer: HistorySigner } | { signer: null; words: string };

/** The state of the proof of an open history, from the writer's thread. */
export interface ProofState {
  historyId: string;
  /** The key that signs this history now; null: none has entered. */
  key: string | null;
  ledger: { id: number; hash: string };
  events: { id: number; hash: string };
}

/** A signature over a head, for the writer's thread to enter. */
export const signedHeadSchema = z.object({
  atMs: z.int(),
  ledger: chainPlaceSchema,
  events: chainPlaceSchema,
  key: fingerprintSchema,
  signature: signatureSchema,
});
export type SignedHead = z.infer<typeof signedHeadSchema>;

/** A public key, for the writer's thread to enter; `endorsement` by the key before it. */
export const enteringKeySchema = z.object({
  atMs: z.int(),
  publicKey: publicKeySchema,
  endorsement: signatureSchema.nullable(),
});
export type EnteringKey = z.infer<typeof enteringKeySchema>;
