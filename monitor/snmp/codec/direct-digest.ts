import { hash, timingSafeEqual } from 'node:crypto';

/** Octets that a hash takes at a time (RFC 2104's B): 128 for the longer ones of SHA-2, else 64. */
const blockOf: Readonly<Record<string, number>> = { sha384: 128, sha512: 128 };
const usualBlock = 64;
const largestBlock = 128;
const mostOctets = 65_535;
const inner = Buffer.alloc(largestBlock + mostOctets);
const outer = Buffer.alloc(largestBlock * 2);
const wanted = Buffer.alloc(64);
const claimed = Buffer.alloc(64);

/**
 * Writes the first `length` octets of a message's HMAC (RFC 2104) into it at `at`. Two hashes of buffers that are there
 * already: an Hmac object for every packet costs twice as much and leaves three to collect. Keys longer than a block do not
 * occur: localized keys are as long as their digest.
 */
export function sign(message: Buffer, at: number, length: number, algorithm: string, key: Buffer): void {
  digestInto(wanted, message, algorithm, key);
  wanted.copy(message, at, 0, length);
}

/** Whether a message carries its own HMAC at `at`, computed with zeros there; they are left there. */
export function isSigned(
  message: Buffer,
  at: number,
  length: number,
  algorithm: string,
  key: Buffer,
): boolean {
  for (let octet = 0; octet < claimed.length; octet += 1) {
    claimed[octet] = octet < length ? (message[at + octet] ?? 0) : 0;
    if (octet < length) message[at + octet] = 0;
  }
  digestInto(wanted, message, algorithm, key);
  for (let octet = length; octet < wanted.length; octet += 1) wanted[octet] = 0;
  return timingSafeEqual(wanted, claimed);
}

function digestInto(target: Buffer, message: Buffer, algorithm: string, key: Buffer): void {
  const block = blockOf[algorithm] ?? usualBlock;
  if (key.length > block || message.length > mostOctets) throw new RangeError('Too long to be signed.');
  for (let octet = 0; octet < block; octet += 1) {
    const part = key[octet] ?? 0;
    inner[octet] = part ^ 0x36;
    outer[octet] = part ^ 0x5c;
  }
  message.copy(inner, block);
  const first = hash(algorithm, inner.subarray(0, block + message.length), 'binary');
  outer.write(first, block, 'latin1');
  target.write(hash(algorithm, outer.subarray(0, block + first.length), 'binary'), 0, 'latin1');
}
