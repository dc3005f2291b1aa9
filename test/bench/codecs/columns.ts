import { quantizedCode } from '../../../db/codec/quantize';
import { leadingCells } from '../../../db/codec/sample-columns';
import { metrics } from '../../../db/codec/sample-scale';
import type { Hour } from './hours';

/** How the numbers of one column are written. */
export interface ColumnCodec {
  write(values: Int32Array): Buffer;
  read(bytes: Buffer, count: number): Int32Array;
}

/** What one codec makes of an hour, and reads from it again: every column's codes. */
export interface HourCodec {
  name: string;
  encode(hour: Hour): Buffer;
  decode(bytes: Buffer): Int32Array[];
  /** The same without making codes of values again; missing: it has codes. */
  read?(bytes: Buffer): void;
}

/** The columns of an hour: times, answered, then each metric's codes where it is known. */
export function columnsOf(hour: Hour): Int32Array[] {
  return Array.from({ length: leadingCells + metrics.length }, (_, cell) => {
    const known = hour.flatMap((row) => {
      const value = row[cell];
      return typeof value === 'number' ? [cell < leadingCells ? value : quantizedCode(value)] : [];
    });
    return Int32Array.from(known);
  });
}

/**
 * Columns one after the other, times and whether there was an answer in a way of their own, each with its number of values and its length. Which rows have a value takes a bitmap where not all of
 * them have one, as in chunks of version 1.
 */
export function columnWise(name: string, values: ColumnCodec, times = values): HourCodec {
  const codecOf = (cell: number): ColumnCodec => (cell < leadingCells ? times : values);
  return {
    name,
    encode: (hour) => {
      const parts = columnsOf(hour).flatMap((column, cell) => {
        const bytes = column.length === 0 ? Buffer.alloc(0) : codecOf(cell).write(column);
        const head = Buffer.alloc(4);
        head.writeUInt16LE(column.length, 0);
        head.writeUInt16LE(bytes.length, 2);
        const isPart = column.length > 0 && column.length < hour.length;
        return [head, Buffer.alloc(isPart ? Math.ceil(hour.length / 8) : 0), bytes];
      });
      const rows = Buffer.alloc(2);
      rows.writeUInt16LE(hour.length);
      return Buffer.concat([rows, ...parts]);
    },
    decode: (bytes) => {
      const rows = bytes.readUInt16LE(0);
      let at = 2;
      return Array.from({ length: leadingCells + metrics.length }, (_, cell) => {
        const count = bytes.readUInt16LE(at);
        const length = bytes.readUInt16LE(at + 2);
        at += 4 + (count > 0 && count < rows ? Math.ceil(rows / 8) : 0);
        const part = bytes.subarray(at, at + length);
        at += length;
        return count === 0 ? new Int32Array() : codecOf(cell).read(part, count);
      });
    },
  };
}
