import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** Octets of HMAC-SHA-96 (RFC 3414 section 7). */
export const digestOctets = 12;
/** Octets of AES's salt, msgPrivacyParameters (RFC 3826 section 3.1.2.1). */
export const saltOctets = 8;
const aesKeyOctets = 16;

/** A user's keys at one engine. */
export interface LocalizedKeys {
  auth: Buffer;
  priv: Buffer;
}

/** The key derived from a password: a megabyte of it, hashed with SHA-1 (RFC 3414 appendix A.2.2). */
export function passwordKey(password: string): Buffer {
  return createHash('sha1')
    .update(Buffer.alloc(1_048_576, password, 'utf8'))
    .digest();
}

/** A key localized to one engine (RFC 3414 section 2.6). */
export function localizedKey(key: Buffer, engineId: Buffer): Buffer {
  return createHash('sha1').update(key).update(engineId).update(key).digest();
}

/** The digest of a whole message whose digest field is zero. */
export function messageDigest(authKey: Buffer, message: Buffer): Buffer {
  return createHmac('sha1', authKey).update(message).digest().subarray(0, digestOctets);
}

/** Whether a message carries the right digest at `offset`. The message is left as it was. */
export function isAuthentic(authKey: Buffer, message: Buffer, offset: number): boolean {
  const claimed = Buffer.from(message.subarray(offset, offset + digestOctets));
  if (claimed.length !== digestOctets) return false;
  message.fill(0, offset, offset + digestOctets);
  const digest = messageDigest(authKey, message);
  claimed.copy(message, offset);
  return timingSafeEqual(digest, claimed);
}

/** Encrypts a scoped PDU with AES-128 in CFB mode (RFC 3826 section 3.1.3). */
export function encrypt(
  privKey: Buffer,
  boots: number,
  time: number,
  plain: Buffer,
): { salt: Buffer; bytes: Buffer } {
  const salt = randomBytes(saltOctets);
  const cipher = createCipheriv('aes-128-cfb', privKey.subarray(0, aesKeyOctets), vector(boots, time, salt));
  return { salt, bytes: Buffer.concat([cipher.update(plain), cipher.final()]) };
}

/** Decrypts a scoped PDU. A wrong key gives garbage, not an error. */
export function decrypt(privKey: Buffer, boots: number, time: number, salt: Buffer, bytes: Buffer): Buffer {
  const decipher = createDecipheriv(
    'aes-128-cfb',
    privKey.subarray(0, aesKeyOctets),
    vector(boots, time, salt),
  );
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

function vector(boots: number, time: number, salt: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUInt32BE(boots >>> 0, 0);
  bytes.writeUInt32BE(time >>> 0, 4);
  salt.copy(bytes, 8);
  return bytes;
}
