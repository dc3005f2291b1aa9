import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dragSpan, leastDragPx } from '../../../../renderer/time/drag-span';

const axis = { leftPx: 40, rightPx: 640, fromMs: 1_000_000, toMs: 1_600_000 };

describe('a drag over a chart', () => {
  it('names the time between its two ends, whichever came first', () => {
    const span = { leftPx: 140, widthPx: 100, fromMs: 1_100_000, toMs: 1_200_000 };
    expect(dragSpan(axis, 140, 240)).toEqual(span);
    expect(dragSpan(axis, 240, 140)).toEqual(span);
  });

  it('is no span while it is a click that slipped', () => {
    expect(dragSpan(axis, 200, 200 + leastDragPx - 1)).toBeNull();
    expect(dragSpan({ ...axis, rightPx: axis.leftPx }, 0, 500)).toBeNull();
  });

  it('never leaves the axis', () => {
    const px = fc.integer({ min: -500, max: 1500 });
    fc.assert(
      fc.property(px, px, (start, end) => {
        const span = dragSpan(axis, start, end);
        if (span === null) return;
        expect(span.fromMs).toBeGreaterThanOrEqual(axis.fromMs);
        expect(span.toMs).toBeLessThanOrEqual(axis.toMs);
        expect(span.toMs).toBeGreaterThan(span.fromMs);
        expect(span.leftPx + span.widthPx).toBeLessThanOrEqual(axis.rightPx);
      }),
    );
  });
});
