import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newPeakTrack, observePeak, peakOf, spareOf } from '../../../../domain/assess/spare';

const hourMs = 3_600_000;
const noonMs = Date.UTC(2026, 10, 24, 12);

describe('the peak', () => {
  it('is the highest of the last 24 hours, whatever order the figures came in', () => {
    const figures = fc.array(
      fc.record({ minute: fc.integer({ min: 0, max: 3000 }), bits: fc.integer({ min: 0, max: 1e9 }) }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(figures, (told) => {
        const inOrder = told.toSorted((a, b) => a.minute - b.minute);
        const at = ({ minute }: { minute: number }): number => noonMs + minute * 60_000;
        const track = inOrder.reduce(
          (one, figure) => observePeak(one, figure.bits, at(figure)),
          newPeakTrack,
        );
        const nowHour = Math.floor(at(inOrder.at(-1)!) / hourMs);
        const within = inOrder.filter((figure) => Math.floor(at(figure) / hourMs) > nowHour - 24);
        expect(peakOf(track)).toBe(Math.max(...within.map(({ bits }) => bits)));
        expect(track.hours.length).toBeLessThanOrEqual(24);
        expect(track.sinceMs).toBe(at(inOrder[0]!));
      }),
    );
  });

  it('is not known while no traffic is', () => {
    expect(peakOf(observePeak(newPeakTrack, null, noonMs))).toBeNull();
  });
});

describe('the spare', () => {
  it('is what is left when the edges that the peak needs stay, and at least one', () => {
    const capacity = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 16 }),
        capacity,
        fc.integer({ min: 0, max: 2e10 }),
        (up, mbps, bits) => {
          const spare = spareOf(up, mbps, observePeak(newPeakTrack, bits, noonMs));
          const { canLose, needed } = spare!;
          expect(needed! * mbps * 1e6).toBeGreaterThanOrEqual(bits);
          expect(needed === 1 || (needed! - 1) * mbps * 1e6 < bits).toBe(true);
          expect(canLose).toBe(Math.max(0, up - needed!));
        },
      ),
    );
  });

  it('says only that it counts, without a capacity or without known traffic', () => {
    const peak = observePeak(newPeakTrack, 2.6e9, noonMs);
    expect(spareOf(7, undefined, peak)).toMatchObject({
      canLose: null,
      capacitySet: false,
      peakBitsPerSecond: 2.6e9,
    });
    expect(spareOf(7, 600, newPeakTrack)).toMatchObject({ canLose: null, capacitySet: true });
    expect(spareOf(7, 600, peak)).toMatchObject({ canLose: 2, needed: 5 });
    expect(spareOf(null, 600, peak)).toBeNull();
  });
});
