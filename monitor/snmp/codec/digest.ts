import { hash as digestOf, timingSafeEqual } from 'node:crypto';
import type { UsmKeys } from './usm-keys';

/** Octets of a hash function's block (RFC 2104's B): 128 for the longer ones of SHA-2, else 64. */
const blockOctets: Readonly<Record<string, number>> = { sha384: 128, sha512: 128 };
const usualBlock = 64;
const largestBlock = 128;
const maxMessageOctets = 65_535;
const maxDigestOctets = 64;
const inner = Buffer.alloc(largestBlock + maxMessageOctets);
const outer = Buffer.alloc(largestBlock * 2);
const computed = Buffer.alloc(maxDigestOctets);
const received = Buffer.alloc(maxDigestOctets);

/** Writes a message's digest (RFC 3414 sections 6.3.1 and 7.3.1) at `digestAt`, where zeros stand. */
export function sign(message: Buffer, digestAt: number, keys: UsmKeys): void {
  if (!keys.auth) return;
  computeDigest(message, keys.auth.hash, keys.authKey);
  computed.copy(message, digestAt, 0, keys.auth.digestOctets);
}

/** Whether the `length` octets at `digestAt` are the message's digest with these keys. The message is left as it was. */
export function isSigned(message: Buffer, digestAt: number, length: number, keys: UsmKeys): boolean {
  const { auth } = keys;
  if (!auth || length !== auth.digestOctets || message.length > maxMessageOctets) return false;
  received.fill(0);
  message.copy(received, 0, digestAt, digestAt + length);
  message.fill(0, digestAt, digestAt + length);
  computeDigest(message, auth.hash, keys.authKey);
  received.copy(message, digestAt, 0, length);
  computed.fill(0, length);
  return timingSafeEqual(computed, received);
}

/**
 * HMAC (RFC 2104) as two hashes of buffers that exist already: an Hmac object per packet costs twice as much. Keys longer than
 * a block do not occur, as localized keys are as long as their digest.
 */
function computeDigest(message: Buffer, hash: string, key: Buffer): void {
  const block = blockOctets[hash] ?? usualBlock;
  if (key.length > block || message.length > maxMessageOctets) throw new RangeError('Too long to be signed.');
  for (let octet = 0; octet < block; octet += 1) {
    const part = key[octet] ?? 0;
    inner[octet] = part ^ 0x36;
    outer[octet] = part ^ 0x5c;
  }
  message.copy(inner, block);
  const first = digestOf(hash, inner.subarray(0, block + message.length), 'binary');
  outer.write(first, block, 'latin1');
  computed.write(digestOf(hash, outer.subarray(0, block + first.length), 'binary'), 0, 'latin1');
}
