import { parseOid, type ObjectInstance, type SnmpValue } from './object-table';
import { tag, type ValueTag } from './tags';

/** A fixed value, or one that is read at a time. */
type Reader = SnmpValue | ((nowMs: number) => SnmpValue);

/** One column of a table's row, or one scalar of a group: its number, type and value. */
export type Cell = [column: number, type: ValueTag, value: Reader];

/** Instances `base.column.index`: a row of a table under its entry, or, with index [0], the scalars of a group. */
export function row(base: string, index: readonly number[], cells: readonly Cell[]): ObjectInstance[] {
  const prefix = parseOid(base);
  return cells.map(([column, type, value]) => ({
    oid: [...prefix, column, ...index],
    type,
    read: typeof value === 'function' ? value : () => value,
  }));
}

/** Text as an index: its length, then its characters (RFC 2578 section 7.7). */
export function textIndex(text: string): number[] {
  const bytes = [...Buffer.from(text, 'utf8')];
  return [bytes.length, ...bytes];
}

/** TimeTicks: hundredths of a second, modulo 2^32 (they wrap after 497 days). */
export function timeTicks(ms: number): number {
  return Math.floor(ms / 10) % 0x1_0000_0000;
}

/** An IPv4 address as IpAddress holds it. */
export function ipAddress(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

export const { integer, octetString, oid, counter32, gauge32, counter64 } = tag;
