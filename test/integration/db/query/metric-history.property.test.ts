import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InventoryVersions } from '../../../../db/query/read-inventory';
import { metricHistoryQueries } from '../../../../db/query/read-metric-history';
import { percentile95 } from '../../../../domain/past/metric-history';
import { SealedHistory } from '../../../fixtures/history/compacted-history';
import { aSample, anInventory, anUnansweredSample } from '../../../fixtures/history/history-entries';

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 9, 30);
const edgeIds = ['fra-01-01', 'fra-01-02'];

/** Sessions below 1,024 are stored exactly. */
const readings = fc.array(
  fc.record({
    edge: fc.nat(1),
    offMs: fc.integer({ min: 0, max: 6 * hourMs - 1 }),
    sessions: fc.option(fc.nat(1000)),
    answered: fc.boolean(),
  }),
  { minLength: 1, maxLength: 120 },
);

/** The inventory is the same at all times. */
const inventories = { during: () => [anInventory('fra-01')] } as unknown as InventoryVersions;

describe('Metrics over time', () => {
  it('have the peak and percentile of all readings in the range, whatever of them is compacted', () => {
    fc.assert(
      fc.property(
        readings,
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 0, max: 5 * hourMs }),
        fc.integer({ min: 1, max: 6 * hourMs }),
        (drawn, sealedHours, fromOffMs, lengthMs) => {
          const unique = [...new Map(drawn.map((one) => [`${one.edge} ${one.offMs}`, one])).values()];
          const samples = unique.map(({ edge, offMs, sessions, answered }) => {
            const edgeId = edgeIds[edge] ?? '';
            const atMs = startMs + offMs;
            return answered ? aSample(edgeId, atMs, { sessions }) : anUnansweredSample(edgeId, atMs);
          });
          const history = new SealedHistory(startMs);
          history.write(samples);
          history.seal(startMs + sealedHours * hourMs);
          const [fromMs, toMs] = [startMs + fromOffMs, startMs + fromOffMs + lengthMs];
          // At most 50 steps of less than a minute, else whole minutes: these begin before the range.
          const points = Math.max(1, Math.ceil(lengthMs / 50_000));
          const found = metricHistoryQueries.metricHistory.run(
            { db: history.db, inventories },
            { clusterId: 'fra-01', edgeId: null, metrics: ['sessions'], fromMs, toMs, points },
          );
          for (const [index, edgeId] of edgeIds.entries()) {
            const own = samples.filter(
              (one) => one.edgeId === edgeId && one.atMs >= fromMs && one.atMs < toMs,
            );
            const values = own.flatMap(({ sessions }) => sessions ?? []);
            const edge = found?.edges[index];
            expect(edge?.metrics.sessions?.figures).toEqual({
              peak: values.length === 0 ? null : Math.max(...values),
              peakOfMs: 0,
              p95: percentile95(values),
              p95OfMs: 0,
            });
            const sum = (counts: number[] = []): number => counts.reduce((total, one) => total + one, 0);
            expect(sum(edge?.answered)).toBe(own.filter(({ answered }) => answered).length);
            expect(sum(edge?.lost)).toBe(own.filter(({ answered }) => !answered).length);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
