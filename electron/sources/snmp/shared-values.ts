/**
 * What a walk keeps is much the same for all agents of one kind: thousands of edges share one copy of each OID and each text.
 * Bounded.
 */
const maxKnown = 20_000;
const maxSharedBytes = 64;
const oids = new Map<string, string>();
const values = new Map<string, Buffer>();

/** One copy of an OID. */
export function sharedOid(oid: string): string {
  const known = oids.get(oid);
  if (known !== undefined) return known;
  if (oids.size < maxKnown) oids.set(oid, oid);
  return oid;
}

/** A value that can be kept: bytes are a copy, so that the packet they came in is not kept with them. */
export function sharedValue(value: unknown): unknown {
  if (!Buffer.isBuffer(value)) return value;
  if (value.length > maxSharedBytes) return Buffer.from(value);
  const key = value.toString('latin1');
  const known = values.get(key);
  if (known) return known;
  const copy = Buffer.from(value);
  if (values.size < maxKnown) values.set(key, copy);
  return copy;
}
