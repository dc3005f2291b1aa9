import type { SealedRows } from '../chain/ledger-entry';
import { numbersOf, parseRangeText } from '../chain/number-ranges';
import { digestLines, markLength, markOf } from '../chain/row-digest';
import type { NumberedLine } from '../chain/sealable-rows';

/** The first row that is not as it was sealed. `number` null: which row of the set is not known. */
export interface Difference {
  number: number | null;
  what: 'missing' | 'added' | 'changed';
}

/** Compares the rows that are there, ascending, with what a seal stored of them. Null: they are the same. */
export function firstDifference(rows: readonly NumberedLine[], sealed: SealedRows): Difference | null {
  let at = 0;
  for (const number of numbersOf(parseRangeText(sealed.rows))) {
    const there = rows[at]?.[0];
    if (there === undefined || there > number) return { number, what: 'missing' };
    if (there < number) return { number: there, what: 'added' };
    at += 1;
  }
  const over = rows[at]?.[0];
  if (over !== undefined) return { number: over, what: 'added' };
  if (digestLines(rows.map(([, line]) => line)) === sealed.sha256) return null;
  const changed = rows.findIndex(
    ([, line], index) => markOf(line) !== sealed.marks.slice(index * markLength, (index + 1) * markLength),
  );
  return { number: rows[changed]?.[0] ?? null, what: 'changed' };
}
