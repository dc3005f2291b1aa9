import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresBetween, movedFiguresSchema, withFigures } from '../../../../domain/contract/row-figures';
import type { ClusterView } from '../../../../domain/snapshot';
import { madeCluster } from '../../../fixtures/fake-bridge/made-cluster';

const now = Date.UTC(2026, 10, 24, 14);
const figure = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }));
const row = madeCluster('ams-01', 4, now);
const spare = { canLose: 1, needed: 3, peakBitsPerSecond: 5, peakSinceMs: now, capacitySet: true };

const moved = fc
  .record({
    bitsPerSecond: figure,
    evenness: figure,
    oldestAnswerMs: figure,
    peak: figure,
    edges: fc.array(
      fc.record(
        { share: figure, sessions: figure, lastPollMs: figure, latencyMs: figure },
        { requiredKeys: [] },
      ),
      { minLength: row.edges.length, maxLength: row.edges.length },
    ),
  })
  .map(({ edges, peak, ...figures }): ClusterView => ({
    ...row,
    ...figures,
    spare: { ...spare, peakBitsPerSecond: peak },
    edges: row.edges.map((edge, index) => ({ ...edge, ...edges[index] })),
  }));

/** As it crosses to the page. */
const crossed = (ids: string[], figures: (number | null)[]) =>
  movedFiguresSchema.parse(JSON.parse(JSON.stringify({ ids, figures })));

describe('the figures of a row', () => {
  it('make the newer row of the older one, whatever moved', () => {
    fc.assert(
      fc.property(moved, moved, (before, after) => {
        const figures = figuresBetween(before, after);
        expect(figures).not.toBeNull();
        const count = (figures?.length ?? 0) / 2;
        const rows = withFigures(crossed(['ams-01'], [count, ...(figures ?? [])]), () => before);
        // JSON has no -0.
        expect(JSON.parse(JSON.stringify(rows.get('ams-01')))).toEqual(JSON.parse(JSON.stringify(after)));
      }),
    );
  });

  it('leave what did not move as it was', () => {
    const before = { ...row, spare };
    const after = {
      ...before,
      edges: before.edges.map((edge, n) => (n === 2 ? { ...edge, sessions: 7 } : edge)),
    };
    const figures = figuresBetween(before, after) ?? [];
    expect(figures).toHaveLength(2);
    const next = withFigures({ ids: ['ams-01'], figures: [1, ...figures] }, () => before).get('ams-01');
    expect(next?.edges[2]?.sessions).toBe(7);
    expect(next?.edges[1]).toBe(before.edges[1]);
    expect(before.edges[2]?.sessions).not.toBe(7);
  });

  it.each<[string, Partial<ClusterView>]>([
    ['its state', { health: 'down' }],
    ['a reason', { reasons: [{ code: 'silent', fact: 'a', detail: 'b' }] }],
    ['an edge less', { edges: row.edges.slice(1) }],
    ['an edge’s role', { edges: row.edges.map((edge) => ({ ...edge, role: 'init' as const })) }],
    ['a first word on what is spare', { spare: row.spare === null ? spare : null }],
    ['how many may be lost', { spare: { ...(row.spare ?? spare), canLose: 9 } }],
  ])('are not enough where %s changed', (_what, change) => {
    expect(figuresBetween(row, { ...row, ...change })).toBeNull();
  });

  it.each([
    { ids: ['a'], figures: [] },
    { ids: ['a'], figures: [2, 0, 1] },
    { ids: ['a'], figures: [-1] },
    { ids: ['a'], figures: [0.5, 1] },
    { ids: [], figures: [0] },
    { ids: ['a'], figures: [1, 0, 'x'] },
  ])('that are no list of them are refused: %j', (given) => {
    expect(movedFiguresSchema.safeParse(given).success).toBe(false);
  });

  it('of a row that is not known are left out', () => {
    expect(withFigures({ ids: ['x'], figures: [1, 0, 3] }, () => undefined).size).toBe(0);
  });
});
