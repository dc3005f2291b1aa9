import { createCipheriv, createDecipheriv, getCiphers, randomBytes } from 'node:crypto';
import type { UsmKeys } from './usm-keys';

/** Octets of msgPrivacyParameters, with DES and with AES. */
export const saltOctets = 8;
const desBlock = 8;
const singleDes = 'des-cbc';
const tripleDes = 'des-ede3-cbc';
const aesVector = Buffer.alloc(16);
const desVector = Buffer.alloc(desBlock);
/** RFC 3826 section 3.1.2.1: a counter that starts at random, so that no salt is used twice. */
let counter = randomBytes(saltOctets).readBigUInt64BE();
let desCipherHere: string | null | undefined;

/** Where a message's salt and its plain scoped PDU are, with the engine's clock that goes into the salt. */
export interface Plaintext {
  saltAt: number;
  from: number;
  to: number;
  boots: number;
  time: number;
}

/** The cipher for DES, or null when this build of OpenSSL has none. OpenSSL 3 has only triple DES. */
export function desCipher(available: readonly string[] = getCiphers()): string | null {
  return [singleDes, tripleDes].find((name) => available.includes(name)) ?? null;
}

/** Octets of the ciphertext of `length` octets: CBC-DES pads to whole blocks. */
export function encryptedLength(length: number, { priv }: UsmKeys): number {
  return priv?.kind === 'des-cbc' ? Math.ceil(length / desBlock) * desBlock : length;
}

/** Writes a fresh salt and encrypts the plaintext in place; its length is one of `encryptedLength`. */
export function encrypt(packet: Buffer, { saltAt, from, to, boots, time }: Plaintext, keys: UsmKeys): void {
  if (!keys.priv) return;
  counter = BigInt.asUintN(64, counter + 1n);
  packet.writeBigUInt64BE(counter, saltAt);
  // RFC 3414 section 8.1.1.1: DES has the engine's boots in the first half.
  if (keys.priv.kind === 'des-cbc') packet.writeUInt32BE(boots, saltAt);
  const salt = packet.subarray(saltAt, saltAt + saltOctets);
  const plain = packet.subarray(from, to);
  if (keys.priv.kind === 'des-cbc') {
    const { cipher, key, vector } = desParts(keys.privKey, salt);
    createCipheriv(cipher, key, vector).setAutoPadding(false).update(plain).copy(packet, from);
  } else {
    // A stream mode: everything comes out of update().
    const vector = aesVectorOf(boots, time, salt);
    createCipheriv(keys.priv.cipher, keys.privKey, vector).update(plain).copy(packet, from);
  }
}

/** Decrypts a scoped PDU; null when it cannot have been encrypted with this protocol. */
export function decrypt(
  message: { payload: Buffer; salt: Buffer; boots: number; time: number },
  keys: UsmKeys,
): Buffer | null {
  const { payload, salt, boots, time } = message;
  if (!keys.priv || salt.length !== saltOctets) return null;
  if (keys.priv.kind === 'aes-cfb') {
    return createDecipheriv(keys.priv.cipher, keys.privKey, aesVectorOf(boots, time, salt)).update(payload);
  }
  if (payload.length % desBlock !== 0) return null;
  const { cipher, key, vector } = desParts(keys.privKey, salt);
  return createDecipheriv(cipher, key, vector).setAutoPadding(false).update(payload);
}

/** RFC 3826 section 3.1.2.1: boots, time and salt. */
function aesVectorOf(boots: number, time: number, salt: Buffer): Buffer {
  aesVector.writeUInt32BE(boots, 0);
  aesVector.writeUInt32BE(time, 4);
  salt.copy(aesVector, 8);
  return aesVector;
}

/** RFC 3414 section 8.1.1.1: the first half of the key encrypts, the second makes the vector from the salt. */
function desParts(privKey: Buffer, salt: Buffer): { cipher: string; key: Buffer; vector: Buffer } {
  desCipherHere ??= desCipher();
  if (desCipherHere === null) throw new RangeError('This build of OpenSSL has no DES.');
  for (let at = 0; at < desBlock; at += 1) desVector[at] = (privKey[desBlock + at] ?? 0) ^ (salt[at] ?? 0);
  const key = privKey.subarray(0, desBlock);
  // Triple DES with one key three times is single DES.
  const fitting = desCipherHere === tripleDes ? Buffer.concat([key, key, key]) : key;
  return { cipher: desCipherHere, key: fitting, vector: desVector };
}
