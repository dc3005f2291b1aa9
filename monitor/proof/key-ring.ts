import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { HistorySigner } from '../../db/chain/signer';
import { fingerprintOf } from '../../db/chain/signed-text';

const secretSchema = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32);

/**
 * The keys that sign histories: the one in use, and those before it, which are needed once more to vouch for their successor in
 * each history. Ed25519 secrets, 32 bytes in base64 (RFC 8032, 5.1.5).
 */
const keyRingSchema = z.strictObject({
  version: z.literal(1),
  secret: secretSchema,
  former: z.array(secretSchema),
});
export type KeyRing = z.infer<typeof keyRingSchema>;

/** Reads a ring from its JSON; null when it is none. No error contains what was read. */
export function parseKeyRing(text: string): KeyRing | null {
  try {
    return keyRingSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Where a ring is stored. It is read for each signature, and not held in memory in between. */
export interface KeyRingStore {
  /** @throws Error that states why it cannot be read */
  read(): KeyRing;
}

/** A ring with a fresh key; the key of `before`, if any, becomes a former one. */
export function newKeyRing(before: KeyRing | null): KeyRing {
  const { privateKey } = generateKeyPairSync('ed25519');
  const secret = privateKey
    .export({ format: 'der', type: 'pkcs8' })
    .subarray(pkcs8Prefix.length)
    .toString('base64');
  return { version: 1, secret, former: before ? [before.secret, ...before.former] : [] };
}

/** Signs with the keys of a store. Throws what the store throws. */
export function signerOf(store: KeyRingStore): HistorySigner {
  const publicKey = publicKeyOf(keyOf(store.read().secret));
  return {
    publicKey,
    // A ring that was changed meanwhile has another key in use: this one is then a former one.
    sign: async (text) => {
      const ring = store.read();
      const key = [ring.secret, ...ring.former].map(keyOf).find((one) => publicKeyOf(one) === publicKey);
      if (key === undefined) throw new Error('the key that signed this history no longer exists.');
      return Promise.resolve(sign(null, text, key).toString('base64'));
    },
    signWithFormer: async (fingerprint, text) => {
      const key = store
        .read()
        .former.map(keyOf)
        .find((one) => fingerprintOf(publicKeyOf(one)) === fingerprint);
      return Promise.resolve(key ? sign(null, text, key).toString('base64') : null);
    },
  };
}

/** The fingerprint of the key in use. */
export function ringFingerprint(ring: KeyRing): string {
  return fingerprintOf(publicKeyOf(keyOf(ring.secret)));
}

/** DER of a PKCS #8 Ed25519 key up to its 32 secret bytes (RFC 8410, 7). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const rawKeyBytes = 32;

function keyOf(secret: string): KeyObject {
  const der = Buffer.concat([pkcs8Prefix, Buffer.from(secret, 'base64')]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

function publicKeyOf(key: KeyObject): string {
  return createPublicKey(key)
    .export({ format: 'der', type: 'spki' })
    .subarray(-rawKeyBytes)
    .toString('base64');
}
