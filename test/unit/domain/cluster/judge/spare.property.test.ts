import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Health } from '../../../../../domain/model/health';
import type { LbRole } from '../../../../../domain/model/role';
import {
  newPeakTrack,
  observePeak,
  peakOf,
  spareOf,
  type SpareBounds,
} from '../../../../../domain/cluster/judge/spare';

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

/** A cluster of so many edges that are up, of whose LBs nothing is known. */
const counted = (edgesUp: number | null): SpareBounds => ({ edgesUp, activeLb: 'unknown', edges: [] });

/** Edges that are up, by their LBs' roles, or with their state: `down unknown`. */
function lbs(...edges: string[]): SpareBounds {
  const asked = edges.map((one) => {
    const [health, role] = one.includes(' ') ? one.split(' ') : ['up', one];
    return { health: health as Health, role: role as LbRole };
  });
  const edgesUp = asked.filter(({ health }) => health === 'up' || health === 'degraded').length;
  const masters = asked.filter(({ role }) => role === 'master').length;
  return { edgesUp, activeLb: masters > 0 ? 'one' : 'unknown', edges: asked };
}

describe('the spare', () => {
  it('is what is left when the edges that the peak needs stay, and at least one', () => {
    const capacity = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 16 }),
        capacity,
        fc.integer({ min: 0, max: 2e10 }),
        (up, mbps, bits) => {
          const spare = spareOf(counted(up), mbps, observePeak(newPeakTrack, bits, noonMs));
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
    expect(spareOf(counted(7), undefined, peak)).toMatchObject({
      canLose: null,
      capacitySet: false,
      peakBitsPerSecond: 2.6e9,
    });
    expect(spareOf(counted(7), 600, newPeakTrack)).toMatchObject({ canLose: null, capacitySet: true });
    expect(spareOf(counted(7), 600, peak)).toMatchObject({ canLose: 2, needed: 5 });
    expect(spareOf(counted(null), 600, peak)).toBeNull();
  });

  it.each<[string[], number | null | 'not known']>([
    [['master', 'backup'], null],
    [['master', 'degraded init'], 0],
    [['master', 'fault'], 0],
    [['master', 'init', 'down unknown'], 0],
    [['master', 'backup', 'init'], null],
    [['unknown', 'unknown'], null],
    [['not-applicable', 'not-applicable'], null],
    [['master', 'unknown'], 'not known'],
    [['master', 'backup', 'unknown'], null],
    [['master', 'down init'], null],
  ])('by count is bounded by the LBs that can take over: %j', (roles, canLose) => {
    const spare = spareOf(lbs(...roles), undefined, newPeakTrack);
    expect(spare === null ? 'not known' : spare.canLose).toBe(canLose);
  });

  it('is bounded by the LBs that can take over, where the peak is known', () => {
    const peak = observePeak(newPeakTrack, 5e8, noonMs);
    const canLose = (...roles: string[]) => spareOf(lbs(...roles), 600, peak)?.canLose;
    expect(canLose('master', 'backup', 'backup', 'backup')).toBe(3);
    expect(canLose('master', 'backup', 'init', 'init')).toBe(1);
    expect(canLose('master', 'init', 'init', 'init')).toBe(0);
    expect(canLose('master', 'unknown', 'init')).toBeUndefined();
  });

  it('is none while no LB is active', () => {
    const none: SpareBounds = { ...lbs('backup', 'backup'), activeLb: 'none' };
    expect(spareOf(none, undefined, newPeakTrack)?.canLose).toBe(0);
    expect(spareOf({ ...counted(3), activeLb: 'none' }, undefined, newPeakTrack)?.canLose).toBe(0);
  });
});
