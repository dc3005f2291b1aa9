import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generalLimits } from '../../../../domain/inventory/overrides';
import { metricHistoryOf, percentile95 } from '../../../../domain/past/metric-history';

describe('the 95th percentile', () => {
  it('is the nearest rank', () => {
    expect(percentile95([])).toBeNull();
    expect(percentile95([7])).toBe(7);
    expect(percentile95([20, ...Array.from({ length: 19 }, (_, n) => n)])).toBe(18);
    expect(percentile95([10, 9, 100])).toBe(100);
  });

  it('is a value that at least 95 % do not exceed, and the smallest such', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }), (values) => {
        const found = percentile95(values);
        const within = (limit: number): number => values.filter((value) => value <= limit).length;
        expect(values).toContain(found);
        expect(within(found ?? -1)).toBeGreaterThanOrEqual(0.95 * values.length);
        expect(within((found ?? 0) - 1)).toBeLessThan(0.95 * values.length);
      }),
    );
  });
});

describe('the metrics of a range', () => {
  it('of any length are read in a bounded number of steps', () => {
    const asked: number[] = [];
    const edges = [{ id: 'e1', name: 'edge 1', number: 1, limits: generalLimits }];
    const range = { fromMs: 0, toMs: 8_640_000_000_000_000 };
    const request = { ...range, clusterId: 'c1', edgeId: null, metrics: ['sessions' as const], points: 100 };
    const history = metricHistoryOf(edges, request, {
      series(_metric, _edgeIds, points) {
        asked.push(points);
        return { fromMs: 0, stepMs: Math.ceil(range.toMs / points), level: 'hour', times: [0], byEdge: {} };
      },
      readings: () => null,
    });
    expect(Math.max(...asked)).toBeLessThanOrEqual(50_000);
    // The figures say of which steps they are.
    expect(history.edges[0]?.metrics.sessions?.figures.p95OfMs).toBe(range.toMs / 50_000);
  });
});
