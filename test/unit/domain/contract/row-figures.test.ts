import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addFigures,
  movedFiguresSchema,
  withFigures,
  type MovedFigures,
} from '../../../../domain/contract/row-figures';
import type { ClusterView } from '../../../../domain/snapshot';
import { madeCluster } from '../../../fixtures/fake-bridge/made-cluster';

const now = Date.UTC(2026, 10, 24, 14);
const figure = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }));
const row = madeCluster('ams-01', 4, now);
const spare = { canLose: 1, needed: 3, peakBitsPerSecond: 5, peakSinceMs: now, capacitySet: true };

const word = (witness: 'carp-extend' | 'traffic', said: string, confidence: number) => ({
  ...{ witness, role: 'backup' as const, vhid: null, advbase: null, advskew: null, maxAgeMs: 0 },
  ...{ said, confidence },
});
const witnesses = fc
  .tuple(fc.string(), fc.string(), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([one, other, confidence]) => [word('carp-extend', one, 1), word('traffic', other, confidence)]);
const quiet = [word('carp-extend', '', 1), word('traffic', '', 0)];
const moved = fc
  .record({
    bitsPerSecond: figure,
    evenness: figure,
    oldestAnswerMs: figure,
    peak: figure,
    edges: fc.array(
      fc.record(
        { share: figure, sessions: figure, lastPollMs: figure, latencyMs: figure, witnesses },
        { requiredKeys: [] },
      ),
      { minLength: row.edges.length, maxLength: row.edges.length },
    ),
  })
  .map(({ edges, peak, ...figures }): ClusterView => ({
    ...row,
    ...figures,
    spare: { ...spare, peakBitsPerSecond: peak },
    edges: row.edges.map((edge, index) => ({ ...edge, witnesses: quiet, ...edges[index] })),
  }));

const none = (): MovedFigures => ({ ids: [], figures: [], words: [] });
const asText = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the figures of a row', () => {
  it('make the newer rows of the older ones, whatever moved', () => {
    const pair = fc.tuple(moved, moved);
    fc.assert(
      fc.property(pair, pair, (one, other) => {
        const told = none();
        const pairs = [one, other].map((rows, n) => rows.map((each) => ({ ...each, id: `r${n}` })));
        for (const [before, after] of pairs) expect(addFigures(told, before!, after!)).toBe(true);
        const crossed = movedFiguresSchema.parse(asText(told));
        const rows = withFigures(crossed, (id) => pairs.find(([before]) => before!.id === id)?.[0]);
        for (const [before, after] of pairs) {
          // JSON has no -0.
          expect(asText(rows.get(after!.id) ?? before)).toEqual(asText(after));
        }
      }),
    );
  });

  it('leave what did not move as it was', () => {
    const before = { ...row, spare };
    const after = {
      ...before,
      edges: before.edges.map((edge, n) => (n === 2 ? { ...edge, sessions: 7 } : edge)),
    };
    const told = none();
    expect(addFigures(told, before, after)).toBe(true);
    expect(told.figures).toHaveLength(3);
    const next = withFigures(told, () => before).get('ams-01');
    expect(next?.edges[2]?.sessions).toBe(7);
    expect(next?.edges[1]).toBe(before.edges[1]);
    expect(before.edges[2]?.sessions).not.toBe(7);
  });

  it('are none of a row that is the same', () => {
    const told = none();
    expect(addFigures(told, row, structuredClone(row))).toBe(true);
    expect(told).toEqual(none());
  });

  it.each<[string, Partial<ClusterView>]>([
    ['its state', { health: 'down' }],
    ['a reason', { reasons: [{ code: 'silent', fact: 'a', detail: 'b' }] }],
    ['an edge less', { edges: row.edges.slice(1) }],
    ['an edge’s role', { edges: row.edges.map((edge) => ({ ...edge, role: 'init' as const })) }],
    ['what a witness says it is', { edges: row.edges.map((edge) => ({ ...edge, witnesses: [quiet[0]!] })) }],
    ['a first word on what is spare', { spare: row.spare === null ? spare : null }],
    ['how many may be lost', { spare: { ...(row.spare ?? spare), canLose: 9 } }],
  ])('are not enough where %s changed', (_what, change) => {
    const told = none();
    expect(addFigures(told, row, { ...row, ...change })).toBe(false);
    expect(told).toEqual(none());
  });

  it.each([
    { ids: ['a'], figures: [] },
    { ids: ['a'], figures: [2, 0, 1] },
    { ids: ['a'], figures: [-1] },
    { ids: ['a'], figures: [0.5, 1] },
    { ids: [], figures: [0] },
    { ids: ['a'], figures: [1, 0, 'x'] },
    { ids: ['a'], figures: [0], words: [1] },
    { ids: [1], figures: [0] },
  ])('that are no list of them are refused: %j', (given) => {
    expect(movedFiguresSchema.safeParse({ words: [], ...given }).success).toBe(false);
  });

  it('of a row that is not known are left out', () => {
    expect(withFigures({ ids: ['x'], figures: [1, 0, 3], words: [] }, () => undefined).size).toBe(0);
  });
});
