const slabOctets = 64 * 1024;
let slab = Buffer.alloc(0);
let at = 0;

/**
 * A copy of a few bytes that is kept for long. Many share one piece of memory: a buffer of its own costs ten times what a key
 * has, and a part of a packet keeps the whole packet.
 */
export function keptBytes(bytes: Uint8Array): Buffer {
  if (bytes.length > slabOctets / 16) return Buffer.from(bytes);
  if (at + bytes.length > slab.length) {
    slab = Buffer.allocUnsafeSlow(slabOctets);
    at = 0;
  }
  const copy = slab.subarray(at, at + bytes.length);
  copy.set(bytes);
  at += bytes.length;
  return copy;
}
