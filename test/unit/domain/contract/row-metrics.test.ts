import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addChangedMetrics,
  changedMetricsSchema,
  applyMetrics,
  type ChangedMetrics,
} from '../../../../domain/contract/row-metrics';
import type { ClusterView } from '../../../../domain/model/snapshot';
import { madeCluster } from '../../../fixtures/fake-bridge/cluster';

const now = Date.UTC(2026, 10, 24, 14);
const metric = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }));
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
    bitsPerSecond: metric,
    evenness: metric,
    oldestAnswerMs: metric,
    peak: metric,
    edges: fc.array(
      fc.record(
        { share: metric, sessions: metric, lastPollMs: metric, latencyMs: metric, witnesses },
        { requiredKeys: [] },
      ),
      { minLength: row.edges.length, maxLength: row.edges.length },
    ),
  })
  .map(({ edges, peak, ...values }): ClusterView => ({
    ...row,
    ...values,
    spare: { ...spare, peakBitsPerSecond: peak },
    edges: row.edges.map((edge, index) => ({ ...edge, witnesses: quiet, ...edges[index] })),
  }));

const none = (): ChangedMetrics => ({ ids: [], values: [], texts: [] });
const asText = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the changed metrics of a row', () => {
  it('make the newer rows of the older ones, whatever changed', () => {
    const pair = fc.tuple(moved, moved);
    fc.assert(
      fc.property(pair, pair, (one, other) => {
        const sent = none();
        const pairs = [one, other].map((rows, n) => rows.map((each) => ({ ...each, id: `r${n}` })));
        for (const [before, after] of pairs) expect(addChangedMetrics(sent, before!, after!)).toBe(true);
        const crossed = changedMetricsSchema.parse(asText(sent));
        const rows = applyMetrics(crossed, (id) => pairs.find(([before]) => before!.id === id)?.[0]);
        for (const [before, after] of pairs) {
          // JSON has no -0.
          expect(asText(rows.get(after!.id) ?? before)).toEqual(asText(after));
        }
      }),
    );
  });

  it('are not sent of more witnesses than there are codes for', () => {
    for (const count of [7, 8, 12]) {
      const all = (said: string) => Array.from({ length: count }, () => word('traffic', said, 0.5));
      const edges = (said: string) => row.edges.map((edge) => ({ ...edge, witnesses: all(said) }));
      const sent = none();
      const before = { ...row, edges: edges('quiet') };
      const after = { ...row, edges: edges('busy') };
      const fits = addChangedMetrics(sent, before, after);
      expect(fits, `${count} witnesses`).toBe(count <= 7);
      if (fits) expect(applyMetrics(sent, () => before).get(row.id)).toEqual(after);
      else expect(sent).toEqual(none());
    }
  });

  it('are refused where a code or its value cannot be one', () => {
    const parse = (values: (number | null)[], texts: string[] = []) =>
      changedMetricsSchema.safeParse({ ids: ['a'], values, texts }).success;
    expect(parse([1, 0, 5])).toBe(true);
    expect(parse([1, null, 5])).toBe(false);
    expect(parse([1, -1, 5])).toBe(false);
    expect(parse([1, 0.5, 5])).toBe(false);
    // The first witness of the first edge: its text, and its confidence.
    expect(parse([1, 43, 0], ['busy'])).toBe(true);
    expect(parse([1, 43, 1], ['busy'])).toBe(false);
    expect(parse([1, 43, null], ['busy'])).toBe(false);
    expect(parse([1, 44, null])).toBe(false);
    expect(parse([1, 32, null])).toBe(true);
  });

  it('leave what did not move as it was', () => {
    const before = { ...row, spare };
    const after = {
      ...before,
      edges: before.edges.map((edge, n) => (n === 2 ? { ...edge, sessions: 7 } : edge)),
    };
    const sent = none();
    expect(addChangedMetrics(sent, before, after)).toBe(true);
    expect(sent.values).toHaveLength(3);
    const next = applyMetrics(sent, () => before).get('ams-01');
    expect(next?.edges[2]?.sessions).toBe(7);
    expect(next?.edges[1]).toBe(before.edges[1]);
    expect(before.edges[2]?.sessions).not.toBe(7);
  });

  it('are none of a row that is the same', () => {
    const sent = none();
    expect(addChangedMetrics(sent, row, structuredClone(row))).toBe(true);
    expect(sent).toEqual(none());
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
    const sent = none();
    expect(addChangedMetrics(sent, row, { ...row, ...change })).toBe(false);
    expect(sent).toEqual(none());
  });

  it.each([
    { ids: ['a'], values: [] },
    { ids: ['a'], values: [2, 0, 1] },
    { ids: ['a'], values: [-1] },
    { ids: ['a'], values: [0.5, 1] },
    { ids: [], values: [0] },
    { ids: ['a'], values: [1, 0, 'x'] },
    { ids: ['a'], values: [0], texts: [1] },
    { ids: [1], values: [0] },
  ])('that are no list of them are refused: %j', (given) => {
    expect(changedMetricsSchema.safeParse({ texts: [], ...given }).success).toBe(false);
  });

  it('of a row that is not known are left out', () => {
    expect(applyMetrics({ ids: ['x'], values: [1, 0, 3], texts: [] }, () => undefined).size).toBe(0);
  });
});
