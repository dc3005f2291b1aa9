import { describe, expect, it } from 'vitest';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import type { Gap } from '../../../../domain/model/history';
import { MetricsFailure } from '../../../../monitor/prometheus/metrics-failure';
import { readSourcePast } from '../../../../monitor/usecases/source-past';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { SampledEngine, type EdgeSample } from '../../../fixtures/prometheus/sampled-engine';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const nowMs = Date.UTC(2026, 10, 20, 12);
const firstMs = nowMs - 2 * hourMs;

function inventoryWith(source: string | undefined) {
  const edge = (name: string, n: number) => ({
    ...{ name, proxyIp: `192.0.2.1${n}`, lbIp: `192.0.2.2${n}`, managementIp: `192.0.2.3${n}` },
    ...{ subscription: name, snmp: { credential: 'c' } },
  });
  const cluster = (name: string, n: number, more: object) => ({
    ...{ name, clusterIp: `192.0.2.10${n}`, subnetMask: '255.255.255.0', defaultGateway: '192.0.2.1' },
    ...{ edges: [edge(`${name}-1`, n), edge(`${name}-2`, n + 3)], ...more },
  });
  return identifyInventory(
    inventoryFileSchema.parse({
      credentials: [{ name: 'c', version: '2c', communityEnv: 'HERON_NOT_SET' }],
      sources: [{ kind: 'prometheus', name: 'prom-1', url: 'http://127.0.0.1:1', scrapeIntervalMs: 30_000 }],
      clusters: [cluster('ams', 1, { source }), cluster('own', 2, {})],
    }),
    null,
  );
}

const gap = (fromMs: number, toMs: number, more: Partial<Gap> = {}): Gap => ({
  ...{ fromMs, toMs, reason: 'not-running', words: 'Not running.', clusterIds: null, ...more },
});

/** One edge is master throughout, until another takes over at a time. */
function samples(roleAt: (ms: number) => number): EdgeSample[] {
  return Array.from({ length: 8 * 120 }, (_, at) => {
    const atMs = nowMs - 8 * hourMs + at * 30_000;
    return { atMs, up: true, role: roleAt(atMs), hasFault: false };
  });
}
const movedMs = firstMs - 92 * minuteMs;
const moved = new Map([
  ['ams-1', samples((ms) => (ms < movedMs ? 2 : 1))],
  ['ams-2', samples((ms) => (ms < movedMs ? 1 : 2))],
]);

interface Options {
  engine?: SampledEngine;
  gaps?: Gap[];
  source?: string;
  failing?: boolean;
  /** How long a query takes. */
  queryMs?: number;
}

async function read({
  engine,
  gaps = [gap(nowMs - 6 * hourMs, firstMs)],
  source = 'prom-1',
  failing = false,
  queryMs = 0,
}: Options = {}) {
  const inventory = inventoryWith(source);
  const used = engine ?? new SampledEngine(moved, { nowMs, recordsAtMs: null });
  const clock = new FakeClock(nowMs);
  let closed = 0;
  const past = await readSourcePast(
    { inventory, history: { gaps: () => Promise.resolve(gaps) } },
    { fromMs: nowMs - 6 * hourMs, toMs: nowMs + hourMs, rowIds: inventory.clusters.map(({ id }) => id) },
    {
      clock,
      apiOf: () => ({
        time: () =>
          failing
            ? Promise.reject(
                new MetricsFailure('partial', 'Source "prom-1" gave a part.', 'url', 'Check it.'),
              )
            : used.time(),
        queryRange: async (...args) => {
          const series = await used.queryRange(...args);
          await clock.pass(queryMs);
          return series;
        },
        close: () => Promise.resolve(void (closed += 1)),
      }),
    },
  );
  return { past, inventory, closed, engine: used };
}

describe('the past of metrics sources', () => {
  it('has a change within one step, and the states on both sides of it', async () => {
    const { past, inventory, closed } = await read();
    const [cluster] = inventory.clusters;
    expect(past.parts).toEqual([
      {
        source: 'prom-1',
        fromMs: nowMs - 6 * hourMs,
        toMs: firstMs,
        stepMs: 5 * minuteMs,
        rowIds: [cluster?.id],
      },
    ]);
    const lane = past.lanes.find(
      ({ subjectId, kind }) => subjectId === cluster?.edges[1]?.id && kind === 'lb-role',
    );
    expect(lane?.states).toEqual(['backup', 'unknown', 'master']);
    // The take-over lies within the unknown step.
    expect(lane?.fromMs[1]).toBeLessThanOrEqual(movedMs);
    expect(lane?.toMs[1]).toBe((lane?.fromMs[1] ?? 0) + 5 * minuteMs);
    expect(lane?.toMs[1]).toBeGreaterThan(movedMs);
    const health = past.lanes.find(({ kind }) => kind === 'cluster-health');
    expect(health?.states).toEqual(['up', 'unknown', 'up']);
    expect([past.notes, closed]).toEqual([[], 1]);
  });

  it('is of gaps only, and asks nothing where all was monitored or nothing is read through a source', async () => {
    for (const options of [{ gaps: [] }, { source: 'direct' }]) {
      const { past, engine } = await read(options);
      expect([past.lanes, past.parts, engine.queries]).toEqual([[], [], []]);
    }
    const short = await read({ gaps: [gap(firstMs, firstMs + 30_000)] });
    expect(short.engine.queries).toEqual([]);
  });

  it('stays within a gap, and leaves out clusters that were monitored in it', async () => {
    const own = await read({ gaps: [gap(firstMs, firstMs + 7 * minuteMs, { clusterIds: ['another'] })] });
    expect(own.past.parts).toEqual([]);
    const { past } = await read({ gaps: [gap(firstMs + 1_000, firstMs + 7 * minuteMs)] });
    for (const { fromMs, toMs } of past.lanes) {
      expect(Math.min(...fromMs)).toBe(firstMs + 1_000);
      expect(Math.max(...toMs.map((ms) => ms ?? Infinity))).toBe(firstMs + 7 * minuteMs);
    }
  });

  it('names what failed, what is missing and a clock that is off', async () => {
    const failed = await read({ failing: true });
    expect(failed.past.notes).toEqual([
      { kind: 'failure', source: 'prom-1', words: 'Source "prom-1" gave a part. Check it.' },
    ]);
    expect(failed.closed).toBe(1);
    const empty = await read({ engine: new SampledEngine(new Map(), { nowMs, recordsAtMs: null }) });
    expect(empty.past.notes.map(({ kind }) => kind)).toEqual(['nothing']);
    const ahead = new SampledEngine(moved, { nowMs, offsetMs: 5 * minuteMs, recordsAtMs: null });
    const { past } = await read({ engine: ahead });
    expect(past.notes.map(({ words }) => words)).toEqual([
      'Its clock is 5 m 0 s ahead now. Times are corrected by that.',
    ]);
    expect(past.parts).toHaveLength(1);
  });

  it('asks a slow engine nothing more after 20 seconds, within a gap as well', async () => {
    const { past, engine } = await read({ queryMs: 9_000 });
    // Two are under way at a time: at 0, 9 and 18 s.
    expect(engine.queries).toHaveLength(6);
    expect(past.notes.map(({ words }) => words)).toEqual([
      'It answers too slowly to complete all gaps: show less time.',
    ]);
    expect(past.parts).toEqual([]);
  });

  it('reads the longest gaps where there are many', async () => {
    const gaps = Array.from({ length: 14 }, (_, at) =>
      gap(firstMs - (at + 1) * 16 * minuteMs, firstMs - (at + 1) * 16 * minuteMs + (at + 2) * minuteMs),
    );
    const { past } = await read({ gaps });
    expect(past.parts).toHaveLength(12);
    expect(past.notes.map(({ words }) => words)).toEqual([
      '2 shorter gaps are not completed: show less time.',
    ]);
  });
});
