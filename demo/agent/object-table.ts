import { encodeOid } from './ber-writer';
import { tag, type ExceptionTag, type ValueTag } from './tags';

/** An object's value: a number for integers and 32-bit types, a bigint for Counter64, else text, bytes or an OID. */
export type SnmpValue = number | bigint | string | Buffer;

/** One object instance: its identifier, its type, and how to read it at a time (UTC milliseconds). */
export interface ObjectInstance {
  oid: readonly number[];
  type: ValueTag;
  read: (nowMs: number) => SnmpValue;
}

/** An instance in the table. Its identifier is encoded when it is first sent, as most never are. */
export class TableEntry {
  readonly oid: readonly number[];
  readonly type: ValueTag;
  readonly read: (nowMs: number) => SnmpValue;
  private encoded: Buffer | undefined;

  constructor({ oid, type, read }: ObjectInstance) {
    this.oid = oid;
    this.type = type;
    this.read = read;
  }

  /** The encoded identifier. */
  get oidContent(): Buffer {
    return (this.encoded ??= encodeOid(this.oid));
  }
}

/** The result of a request for one identifier. */
export type Found = { entry: TableEntry } | { exception: ExceptionTag; oid: readonly number[] };

/** Parses dotted text, with or without a leading dot. */
export function parseOid(text: string): number[] {
  return text.replace(/^\./, '').split('.').map(Number);
}

/** Order of object identifiers: number by number, the shorter first (RFC 3416 section 4.2.2). */
export function compareOids(a: readonly number[], b: readonly number[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** All objects of one agent, sorted once. */
export class ObjectTable {
  private readonly entries: TableEntry[];

  /** Throws when two instances share an identifier, which is a programming error. */
  constructor(instances: readonly ObjectInstance[]) {
    this.entries = instances
      .map((instance) => new TableEntry(instance))
      .sort((a, b) => compareOids(a.oid, b.oid));
    this.entries.forEach((entry, i) => {
      const next = this.entries[i + 1];
      if (next && compareOids(entry.oid, next.oid) === 0) {
        throw new Error(`Two objects at ${entry.oid.join('.')}`);
      }
    });
  }

  /** The instance at exactly this identifier; noSuchInstance where its object exists, else noSuchObject. */
  get(oid: readonly number[]): Found {
    const entry = this.entries[this.firstFrom(oid)];
    if (entry && compareOids(entry.oid, oid) === 0) return { entry };
    const near = [this.entries[this.firstFrom(oid) - 1], entry];
    const sameObject = near.some((other) => other !== undefined && sharesObject(other.oid, oid));
    return { exception: sameObject ? tag.noSuchInstance : tag.noSuchObject, oid };
  }

  /** The first instance after this identifier. */
  next(oid: readonly number[]): Found {
    const at = this.firstFrom(oid);
    const here = this.entries[at];
    const entry = here && compareOids(here.oid, oid) === 0 ? this.entries[at + 1] : here;
    return entry ? { entry } : { exception: tag.endOfMibView, oid };
  }

  /** Index of the first instance at or after an identifier. */
  private firstFrom(oid: readonly number[]): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.entries[middle];
      if (entry && compareOids(entry.oid, oid) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether two identifiers differ only in their instance, which has at least the last number. */
function sharesObject(existing: readonly number[], asked: readonly number[]): boolean {
  const object = existing.slice(0, -1);
  return asked.length >= object.length && object.every((number, i) => asked[i] === number);
}
