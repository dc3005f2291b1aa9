import type { ByteSource } from './byte-source';

/*
 * A column of version 1: whole numbers of up to 31 bits, one a row, as varints of
 *   0  the values as they are
 *   1  the difference from the value before (0 before the first)
 *   2  the difference of differences
 * Differences are zigzag-encoded as unsigned numbers: 0, -1, 1, -2, 2 ... become 0, 1, 2, 3, 4.
 */

/** The encoding of a column, as in a section's flags. */
export type Steps = 0 | 1 | 2;

/** The encoding named by a section's flags. Throws a RangeError for flags that no encoder writes. */
export function stepsOf(flags: number): Steps {
  if (flags === 0 || flags === 1 || flags === 2) return flags;
  throw new RangeError(`a section has flags ${flags}, which nothing writes`);
}

/** Reads `count` values. */
export function readColumn(source: ByteSource, count: number, steps: Steps): Int32Array {
  const values = new Int32Array(count);
  let value = 0;
  let delta = 0;
  for (let index = 0; index < count; index++) {
    const number = source.varint();
    if (steps === 0) value = number;
    else {
      delta = steps === 1 ? unzigzag(number) : delta + unzigzag(number);
      value += delta;
    }
    values[index] = value;
  }
  return values;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
