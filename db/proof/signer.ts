import { z } from 'zod';
import { publicKeySchema, signatureSchema } from './signed-text';

/**
 * Who signs a history: the holder of an Ed25519 key, in the main thread or farther away. The private key never reaches
 * SQLite, nor the writer's thread.
 */
export interface HistorySigner {
  /** Raw public key, base64. */
  readonly publicKey: string;
  /** Signs with the key. May reject; then the history stays unsigned until the next try. */
  sign(text: Uint8Array): Promise<string>;
  /** Signs with a former key of this holder, by its fingerprint; null when it is not kept any more. */
  signWithFormer(fingerprint: string, text: Uint8Array): Promise<string | null>;
}

/** Why there is no signer, in words a person can act on; or the signer. */
export type SignerOrWhyNot = { signer: HistorySigner } | { signer: null; words: string };

/** A signature as the writer's thread takes it. */
export const putSignatureSchema = z.object({
  ledgerId: z.int().min(0),
  eventsId: z.int().min(0),
  atMs: z.int(),
  key: z.string(),
  signature: signatureSchema,
});
export type PutSignature = z.infer<typeof putSignatureSchema>;

export const putKeySchema = z.object({
  atMs: z.int(),
  publicKey: publicKeySchema,
  endorsement: signatureSchema.nullable(),
});
export type PutKey = z.infer<typeof putKeySchema>;
