import { sharedBytes } from './shared-bytes';
import type { Varbind } from './varbind';

/**
 * The retained rows of walks are much the same for all agents of one kind: thousands of edges share one copy of each OID and
 * each row. Bounded: later ones are copied but not shared.
 */
const maxKnownOids = 20_000;
const maxKnownRows = 2_000;
const maxSharedBytes = 64;
const oids = new Map<string, string>();
const rows = new Map<string, Varbind>();

/** One copy of an OID. */
export function sharedOid(oid: string): string {
  const known = oids.get(oid);
  if (known !== undefined) return known;
  if (oids.size < maxKnownOids) oids.set(oid, oid);
  return oid;
}

/** A row to retain: its bytes are a copy, so that it does not retain the packet they came in. */
export function sharedRow({ oid, type, value }: Varbind): Varbind {
  const bytes = value instanceof Uint8Array;
  if (bytes && value.length > maxSharedBytes) return { oid: sharedOid(oid), type, value: sharedBytes(value) };
  const text = bytes
    ? Buffer.from(value.buffer, value.byteOffset, value.length).toString('latin1')
    : String(value);
  const key = `${oid} ${type} ${typeof value} ${text}`;
  const known = rows.get(key);
  if (known) return known;
  const copy = { oid: sharedOid(oid), type, value: bytes ? sharedBytes(value) : value };
  if (rows.size < maxKnownRows) rows.set(key, copy);
  return copy;
}
