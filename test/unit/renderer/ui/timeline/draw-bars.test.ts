import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeX } from '../../../../../renderer/ui/timeline/draw-bars';

describe('the place of a word on a bar with dots', () => {
  it('is the first one that touches no dot and lies on the bar', () => {
    expect(freeX(8, 200, 40, [])).toBe(8);
    expect(freeX(8, 200, 40, [30, 80])).toBe(34);
    expect(freeX(8, 60, 40, [30])).toBeNull();
  });

  it('touches no dot, wherever they are', () => {
    const dots = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 12 });
    fc.assert(
      fc.property(dots, fc.integer({ min: 5, max: 80 }), (some, widthPx) => {
        const sorted = [...some].sort((a, b) => a - b);
        const x = freeX(8, 400, widthPx, sorted);
        if (x === null) return;
        expect(x).toBeGreaterThanOrEqual(8);
        expect(x + widthPx).toBeLessThanOrEqual(400);
        for (const dot of sorted) expect(dot < x || dot > x + widthPx).toBe(true);
      }),
    );
  });
});
