const slabOctets = 64 * 1024;
let slab = Buffer.alloc(0);
let at = 0;

/**
 * A long-lived copy of a few bytes. Copies share slabs: a separate buffer costs ten times the size of a key, and a view of a
 * packet retains the whole packet.
 */
export function sharedBytes(bytes: Uint8Array): Buffer {
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
