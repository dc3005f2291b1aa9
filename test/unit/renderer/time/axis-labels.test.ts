import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisLabels, dayHeadings, labelPx } from '../../../../renderer/time/axis-labels';
import { midnightsOf, ticksOf } from '../../../../renderer/time/time-scale';

const nowMs = Date.UTC(2026, 10, 22, 12);
const when = { nowMs, zone: 'utc' } as const;

const anyScale = fc
  .record({
    fromMs: fc.integer({ min: nowMs - 90 * 86_400_000, max: nowMs }),
    lengthMs: fc.integer({ min: 2_000, max: 400 * 86_400_000 }),
    widthPx: fc.integer({ min: 300, max: 3000 }),
  })
  .map(({ fromMs, lengthMs, widthPx }) => ({ fromMs, toMs: fromMs + lengthMs, widthPx }));

describe('the labels of a time axis', () => {
  it('are never cut, and never touch each other or a reserved place', () => {
    fc.assert(
      fc.property(anyScale, fc.integer({ min: 0, max: 2900 }), (scale, leftX) => {
        const reserved = [{ leftX, rightX: leftX + 40 }];
        const labels = axisLabels(ticksOf(scale, 'utc'), scale, when, reserved);
        const ends = labels.map(({ middleX, words }) => {
          const half = labelPx(words) / 2;
          return [middleX - half, middleX + half] as const;
        });
        for (const [index, [left, right]] of ends.entries()) {
          expect(left).toBeGreaterThanOrEqual(-0.001);
          expect(right).toBeLessThanOrEqual(scale.widthPx + 0.001);
          expect(right < leftX || left > leftX + 40).toBe(true);
          const next = ends[index + 1];
          if (next) expect(next[0]).toBeGreaterThan(right);
        }
      }),
    );
  });

  it('keep the first one whole where its tick is at the left end', () => {
    const scale = { fromMs: Date.UTC(2026, 10, 22, 6), toMs: Date.UTC(2026, 10, 22, 6, 30), widthPx: 1000 };
    const [first] = axisLabels(ticksOf(scale, 'utc'), scale, when);
    expect(first?.words).toBe('06:00');
    expect(first?.middleX).toBe(labelPx('06:00') / 2);
  });
});

describe('the headings of the days', () => {
  it('are whole, in order, and not under the flag of T', () => {
    fc.assert(
      fc.property(anyScale, fc.integer({ min: 0, max: 2900 }), (scale, leftX) => {
        const flag = { leftX, rightX: leftX + 74 };
        const headings = dayHeadings(scale, midnightsOf(scale, 'utc'), when, flag);
        for (const [index, heading] of headings.entries()) {
          const right = heading.leftX + labelPx(heading.words);
          expect(heading.leftX).toBeGreaterThanOrEqual(0);
          expect(right).toBeLessThanOrEqual(scale.widthPx);
          expect(right <= flag.leftX || heading.leftX >= flag.rightX).toBe(true);
          const next = headings[index + 1];
          if (next) expect(next.leftX).toBeGreaterThan(right);
        }
      }),
    );
  });

  it('name the day at the left end and each day at its midnight', () => {
    const scale = { fromMs: Date.UTC(2026, 10, 21, 18), toMs: Date.UTC(2026, 10, 22, 6), widthPx: 1000 };
    expect(dayHeadings(scale, midnightsOf(scale, 'utc'), when)).toEqual([
      { words: '21 Nov', leftX: 0 },
      { words: '22 Nov', leftX: 500 },
    ]);
  });
});
