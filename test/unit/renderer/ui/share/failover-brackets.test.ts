import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketMarks } from '../../../../../renderer/ui/share/failover-brackets';

describe('marks of failovers on a chart', () => {
  it('are at least wide enough to see, and one where they would overlap', () => {
    expect(bracketMarks([[100, 101]])).toEqual([{ leftPx: 96, rightPx: 105, count: 1 }]);
    expect(
      bracketMarks([
        [103, 104],
        [100, 101],
        [300, 340],
      ]),
    ).toEqual([
      { leftPx: 96, rightPx: 108, count: 2 },
      { leftPx: 300, rightPx: 340, count: 1 },
    ]);
  });

  it('never overlap, leave none out, and cover every bracket', () => {
    const extent = fc
      .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 60 }))
      .map(([left, width]): [number, number] => [left, left + width]);
    fc.assert(
      fc.property(fc.array(extent), (extents) => {
        const marks = bracketMarks(extents);
        expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(extents.length);
        marks.slice(1).forEach((mark, index) => {
          expect(mark.leftPx).toBeGreaterThanOrEqual(marks[index]?.rightPx ?? 0);
        });
        for (const [left, right] of extents) {
          expect(marks.some(({ leftPx, rightPx }) => leftPx <= left && rightPx >= right)).toBe(true);
        }
      }),
    );
  });
});
