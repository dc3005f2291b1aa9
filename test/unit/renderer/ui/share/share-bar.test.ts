import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenShare, notchesFor, shareBar, shareWords } from '../../../../../renderer/ui/share/share-bar';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';
import { madeCluster } from '../../../../fixtures/fake-bridge/cluster';
import { madeEdge } from '../../../../fixtures/fake-bridge/edge';

const now = Date.UTC(2026, 10, 24, 14);
const fleet = new Map(fleetInAllStates(now).map((cluster) => [cluster.name, cluster]));
const barOf = (name: string) => shareBar(fleet.get(name)!);

describe('the share bar', () => {
  it('has a piece for each edge with traffic and a notch between each two healthy ones', () => {
    const bar = barOf('fra-02');
    expect(bar).toMatchObject({ kind: 'bar', missing: 0 });
    if (bar.kind !== 'bar') return;
    expect(bar.segments).toHaveLength(7);
    expect(bar.notches).toEqual([1, 2, 3, 4, 5, 6].map((k) => k / 7));
    expect(bar.segments.map(({ tone }) => tone)).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a']);
  });

  it('says in words why there is none', () => {
    expect(barOf('gru-01')).toEqual({ kind: 'words', words: 'no traffic', problem: true });
    expect(barOf('dxb-edge-1')).toMatchObject({ words: '1 edge, no share' });
    expect(barOf('bom-01')).toMatchObject({ words: 'not monitored' });
    expect(shareBar(madeCluster('a', 2, now, { bitsPerSecond: 0 }))).toMatchObject({
      words: 'no traffic',
      problem: false,
    });
  });

  it('is unknown when nothing is known, and never the last one', () => {
    expect(barOf('nrt-01')).toEqual({ kind: 'unknown' });
    expect(shareWords(fleet.get('nrt-01')!)).toBe('share unknown');
  });

  it('covers what it knows without a gap or an overlap, and leaves the rest open', () => {
    const shares = fc.array(
      fc.option(
        fc.integer({ min: 0, max: 1000 }).map((permille) => permille / 1000),
        { nil: null },
      ),
      { minLength: 2, maxLength: 16 },
    );
    fc.assert(
      fc.property(shares, (parts) => {
        const edges = parts.map((share, index) => madeEdge('x', index + 1, 1, { share }));
        const bar = shareBar(madeCluster('x', edges.length, now, { edges }));
        if (bar.kind !== 'bar') return;
        let end = 0;
        for (const piece of bar.segments) {
          expect(piece.from).toBeCloseTo(end, 9);
          expect(piece.to).toBeGreaterThan(piece.from);
          end = piece.to;
        }
        expect(end).toBeLessThanOrEqual(1);
        expect(Math.abs(1 - end - bar.missing)).toBeLessThanOrEqual(0.005 + 1e-9);
      }),
    );
  });

  it('puts notches at k over the healthy edges', () => {
    expect(notchesFor(0)).toEqual([]);
    expect(notchesFor(1)).toEqual([]);
    expect(notchesFor(4)).toEqual([0.25, 0.5, 0.75]);
    expect(evenShare([])).toBeNull();
    expect(evenShare(fleet.get('fra-02')!.edges)).toBeCloseTo(1 / 7);
  });
});
