import type { Decoded, Varbind } from '../codec/varbind';
import { decodeText } from '../codec/varbind';

type One<T> = (varbind: Varbind) => Decoded<T>;

/** The first row under the first base. */
export function firstRow<T>(decode: One<T>): (columns: Varbind[][]) => Decoded<T> {
  return (columns) => {
    const row = columns[0]?.[0];
    return row ? decode(row) : { value: null, reason: 'not offered by the agent' };
  };
}

/** The largest value of the first base's rows: one busy processor of several is worth knowing. */
export function largestRow(decode: One<number>): (columns: Varbind[][]) => Decoded<number> {
  return (columns) => {
    let largest: Decoded<number> = { value: null, reason: 'not offered by the agent' };
    for (const row of columns[0] ?? []) {
      const decoded = decode(row);
      if (largest.value === null || (decoded.value !== null && decoded.value > largest.value))
        largest = decoded;
    }
    return largest;
  };
}

/** The first row that is text and not empty. */
export function firstText(maxLength: number): (columns: Varbind[][]) => Decoded<string> {
  return (columns) => {
    for (const row of columns[0] ?? []) {
      const text = decodeText(row, maxLength);
      if (text.value !== null && text.value !== '') return text;
    }
    return { value: null, reason: 'no text offered by the agent' };
  };
}

/** A number made of the first rows of several bases; unknown when one of them is. */
export function combine(
  decode: One<number>,
  calculate: (...values: number[]) => number | null,
): (columns: Varbind[][]) => Decoded<number> {
  return (columns) => {
    const values: number[] = [];
    for (const column of columns) {
      const decoded = firstRow(decode)([column]);
      if (decoded.value === null) return decoded;
      values.push(decoded.value);
    }
    const value = calculate(...values);
    if (value === null || !Number.isFinite(value))
      return { value: null, reason: 'the numbers do not fit together' };
    return { value, reason: null };
  };
}
