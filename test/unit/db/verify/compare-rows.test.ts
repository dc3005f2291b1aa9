import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealRows, type NumberedLine } from '../../../../db/chain/sealable-rows';
import { firstDifference } from '../../../../db/verify/compare-rows';

const lineOf = (number: number): NumberedLine => [number, `[${number},"line ${number}"]`];
const numbers = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 })
  .map((list) => list.sort((a, b) => a - b));

describe('The first difference between rows and what a seal kept of them', () => {
  it('is none for the same rows', () => {
    fc.assert(
      fc.property(numbers, (list) => {
        const rows = list.map(lineOf);
        expect(firstDifference(rows, sealRows(rows)!)).toBeNull();
      }),
    );
  });

  it('is the row that was removed, put in or changed', () => {
    fc.assert(
      fc.property(numbers, fc.nat(), fc.integer({ min: 1, max: 60 }), (list, pick, other) => {
        const rows = list.map(lineOf);
        const sealed = sealRows(rows)!;
        const at = pick % rows.length;
        const [number] = rows[at]!;
        expect(firstDifference(rows.toSpliced(at, 1), sealed)).toEqual({ number, what: 'missing' });
        const changed = rows.with(at, [number, `[${number},"another line"]`]);
        expect(firstDifference(changed, sealed)).toEqual({ number, what: 'changed' });
        if (list.includes(other)) return;
        const more = [...rows, lineOf(other)].sort(([a], [b]) => a - b);
        expect(firstDifference(more, sealed)).toEqual({ number: other, what: 'added' });
      }),
    );
  });

  it('is the first of two that were swapped', () => {
    const rows = [1, 2, 3, 4].map(lineOf);
    const swapped: NumberedLine[] = [rows[0]!, [2, rows[2]![1]], [3, rows[1]![1]], rows[3]!];
    expect(firstDifference(swapped, sealRows(rows)!)).toEqual({ number: 2, what: 'changed' });
  });
});
