import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';

const hexHash = z.string().regex(/^[0-9a-f]{64}$/);

/** A place in a chain: the row's number and its hash in hexadecimal. Number 0 is the genesis. */
export const chainPlaceSchema = z.strictObject({ id: z.int().min(0), hash: hexHash });
export type ChainPlace = z.infer<typeof chainPlaceSchema>;

/** An Ed25519 public key as its 32 raw bytes (RFC 8032, 5.1.5), in base64. */
export const publicKeySchema = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32);
/** An Ed25519 signature, 64 bytes, in base64. */
export const signatureSchema = z.base64().refine((text) => Buffer.from(text, 'base64').length === 64);
/** SHA-256 of the raw public key, in hexadecimal: what people compare. */
export const fingerprintSchema = hexHash;

/** The state of a whole history at one time: the heads of both chains. */
export const historyHeadSchema = z.strictObject({
  historyId: z.string().min(1),
  atMs: z.int(),
  ledger: chainPlaceSchema,
  events: chainPlaceSchema,
});
export type HistoryHead = z.infer<typeof historyHeadSchema>;

/** The bytes that are signed for a head. */
export function headText({ historyId, atMs, ledger, events }: HistoryHead): Buffer {
  return Buffer.from(
    `heron-signature-1\n${historyId}\n${atMs}\n${ledger.id} ${ledger.hash}\n${events.id} ${events.hash}\n`,
    'utf8',
  );
}

/** The bytes with which an old key vouches for the new one in a history. */
export function keyChangeText(historyId: string, oldFingerprint: string, newPublicKey: string): Buffer {
  return Buffer.from(
    `heron-key-change-1\n${historyId}\n${oldFingerprint}\n${fingerprintOf(newPublicKey)}\n`,
    'utf8',
  );
}

/** The bytes that are signed for an incident file: its manifest has this SHA-256 and digests every row. */
export function extractText(historyId: string, manifestSha256: Buffer): Buffer {
  return Buffer.from(`heron-extract-signature-1\n${historyId}\n${manifestSha256.toString('hex')}\n`, 'utf8');
}

/** The fingerprint of a raw public key in base64. */
export function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');
}

/** DER of an Ed25519 SubjectPublicKeyInfo up to its 32 key bytes (RFC 8410, 4). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether `signature` is the key's over `text`. */
export function isSignedBy(publicKey: string, text: Buffer, signature: string): boolean {
  const der = Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'base64')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return verify(null, text, key, Buffer.from(signature, 'base64'));
}
