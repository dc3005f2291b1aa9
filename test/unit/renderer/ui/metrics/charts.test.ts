import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EdgeHistory, MetricHistory } from '../../../../../domain/model/metric-history';
import { pollSpacingMs } from '../../../../../renderer/ui/charts/poll-spacing';
import { clusterCharts, perEdgeCharts } from '../../../../../renderer/ui/metrics/cluster-charts';
import { edgeCharts, lostPercents } from '../../../../../renderer/ui/metrics/edge-charts';
import { scaleTop } from '../../../../../renderer/ui/metrics/metric-chart';
import { metricPoints } from '../../../../../renderer/ui/metrics/metric-points';
import { figuresNote, milliseconds, shortNumber } from '../../../../../renderer/ui/metrics/metric-words';
import { madeCluster } from '../../../../fixtures/fake-bridge/cluster';
import { madeMetricHistory } from '../../../../fixtures/fake-bridge/metric-history';

const atMs = Date.UTC(2026, 10, 24, 14);
const minuteMs = 60_000;
const cluster = madeCluster('fra-01', 3, atMs);

function history(edgeId: string | null): MetricHistory {
  const made = madeMetricHistory(
    [cluster],
    {
      clusterId: 'fra-01',
      edgeId,
      metrics: [
        'proxyInBitsPerSecond',
        'proxyOutBitsPerSecond',
        'cpuPercent',
        'swapPercent',
        'sessions',
        'latencyMs',
      ],
      fromMs: atMs - 10 * minuteMs,
      toMs: atMs,
      points: 60,
    },
    atMs,
  );
  if (!made) throw new Error('no such edge');
  return made;
}

function edgeHistory(edgeId: string): EdgeHistory {
  const [edge] = history(edgeId).edges;
  if (!edge) throw new Error('no such edge');
  return edge;
}

describe('the charts of an edge', () => {
  const [first] = cluster.edges;

  it('name throughput out and in, and show what is not known as such', () => {
    const [throughput] = edgeCharts(edgeHistory('fra-01-01'), { ...first!, proxyInBitsPerSecond: null });
    expect(throughput?.now.map(({ words }) => words)).toEqual(['175 out', '– in']);
    expect(throughput?.unit).toBe('Mb/s');
    expect(throughput?.lines.map(({ label, look }) => [label, look])).toEqual([
      ['Out', 'area'],
      ['In', 'line'],
    ]);
  });

  it('mark the value that breaks its threshold, and only that', () => {
    const cpu = edgeCharts(edgeHistory('fra-01-01'), { ...first!, cpuPercent: 94.2, swapPercent: 2 })[1];
    expect(cpu?.now).toEqual([
      { words: '94 %', exceeded: true },
      { words: '2 % swap', exceeded: false },
    ]);
    expect(cpu?.threshold?.value).toBe(90);
    const own = { ...edgeHistory('fra-01-01'), limits: { cpuPercent: 95, swapPercent: 1 } };
    const limited = edgeCharts(own, { ...first!, cpuPercent: 94.2, swapPercent: 2 })[1];
    expect(limited?.now.map(({ exceeded }) => exceeded)).toEqual([false, true]);
    expect(limited?.threshold?.words).toBe('degraded above 95 %');
  });

  it('have no values at a time at which the edge was not configured', () => {
    for (const { id, now } of edgeCharts(edgeHistory('fra-01-01'), null)) {
      if (id !== 'lost-polls') expect(now.every(({ words }) => words.startsWith('–'))).toBe(true);
    }
  });

  it('count a poll as lost only where another was answered', () => {
    expect(lostPercents({ answered: [2, 1, 0, 0], lost: [0, 1, 2, 0] })).toEqual([0, 50, null, null]);
  });
});

describe('the charts of a cluster', () => {
  it('sum in and out, and say “at least” where an edge is not known', () => {
    const [, second] = cluster.edges;
    const edges = cluster.edges.map((edge) =>
      edge === second ? { ...edge, proxyOutBitsPerSecond: null, proxyInBitsPerSecond: null } : edge,
    );
    const words = (of: typeof cluster): string[] =>
      clusterCharts(history(null), of)[0]?.now.map((one) => one.words) ?? [];
    expect(words(cluster)).toEqual(['525 out', '36 in']);
    expect(words({ ...cluster, edges })).toEqual(['at least 350 out', 'at least 24 in']);
  });

  it('have the highest CPU of all edges', () => {
    expect(clusterCharts(history(null), cluster)[1]?.now[0]?.words).toBe('41 %');
  });

  it('have no threshold where the limits of the edges differ', () => {
    const made = history(null);
    const [one, ...others] = made.edges;
    const edges = [{ ...one!, limits: { ...one!.limits, cpuPercent: 70 } }, ...others];
    expect(clusterCharts({ ...made, edges }, cluster)[1]?.threshold).toBeNull();
  });

  it('have a line for each edge, in its colour', () => {
    const charts = perEdgeCharts(history(null), cluster);
    expect(charts.map(({ id }) => id)).toEqual(['out', 'in', 'cpu']);
    expect(charts[0]?.lines.map(({ label, edgeNumber }) => [label, edgeNumber])).toEqual([
      ['-01', 1],
      ['-02', 2],
      ['-03', 3],
    ]);
    expect(charts[2]?.now[0]?.words).toBe('39 to 41 %');
  });
});

describe('scales and steps', () => {
  it('end at a round number that no value exceeds, and waste at most half', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e12, noNaN: true }), (value) => {
        const top = scaleTop([{ values: [null, value / 3, value] }], 0.001);
        expect(top).toBeGreaterThanOrEqual(value * (1 - 1e-9));
        expect(top).toBeLessThanOrEqual(2 * value);
      }),
    );
    expect(scaleTop([{ values: [null] }], 10)).toBe(10);
  });

  it('span at least two polls, with round steps, and as many as there is room for', () => {
    expect(metricPoints(30 * minuteMs, 5000, 720)).toBe(180);
    expect(metricPoints(30 * minuteMs, 2000, 900)).toBe(300);
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 400 * 86_400_000 }),
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 1, max: 4000 }),
        (lengthMs, intervalMs, widthPx) => {
          const points = metricPoints(lengthMs, intervalMs, widthPx);
          expect(points).toBeGreaterThanOrEqual(2);
          expect(points).toBeLessThanOrEqual(480);
          if (points > 2) expect(lengthMs / points).toBeGreaterThanOrEqual(2 * intervalMs);
        },
      ),
    );
  });
});

describe('the time between polls', () => {
  const edge = (...polls: number[]): boolean[] => polls.map(Boolean);

  it('is that of the edge that is polled least often, also across a gap', () => {
    const often = edge(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    const seldom = edge(1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1);
    const gone = edge(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1);
    const of = (...edges: boolean[][]): number => pollSpacingMs(edges, 10_000);
    expect(of(often)).toBe(10_000);
    expect(of(often, seldom)).toBe(30_000);
    expect(of(gone)).toBe(10_000);
    expect(of(edge(0, 0, 1, 0, 0), edge(1, 0, 0, 0, 1))).toBe(0);
    expect(of()).toBe(0);
  });
});

describe('words of metrics', () => {
  it('have three digits at most where there are decimals', () => {
    expect([0.0421, 0.5, 9.71, 97.14, 197.4, 2214.3].map(shortNumber)).toEqual([
      '0.042',
      '0.5',
      '9.71',
      '97.1',
      '197',
      '2,214',
    ]);
    expect([0.612, 3.21, 161.2].map(milliseconds)).toEqual(['0.61 ms', '3.2 ms', '161 ms']);
  });

  it('say what a percentile and a peak are of', () => {
    const of = (p95OfMs: number, peakOfMs: number) => ({ peak: 1, p95: 1, peakOfMs, p95OfMs });
    expect(figuresNote([of(0, 0)])).toBe('95th percentile and peak of single readings.');
    expect(figuresNote([of(60_000, 0)])).toBe('95th percentile of 1 min averages, peak of single readings.');
    expect(figuresNote([])).toBe('');
  });
});
