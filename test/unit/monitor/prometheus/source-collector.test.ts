import { beforeEach, describe, expect, it } from 'vitest';
import type { Edge } from '../../../../domain/inventory/inventory';
import { metricsSourceSchema } from '../../../../domain/inventory/metrics-source';
import type { Reason } from '../../../../domain/model/health';
import type { Reading } from '../../../../domain/model/reading';
import { MetricsFailure } from '../../../../monitor/prometheus/metrics-failure';
import { SourceCollector } from '../../../../monitor/prometheus/source-collector';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeEngine, type FakeTarget } from '../../../fixtures/prometheus/fake-engine';

const source = metricsSourceSchema.parse({ kind: 'prometheus', name: 'p', url: 'http://p:9090' });
const edgeOf = (name: string): Edge =>
  ({ id: name, name, clusterId: 'c', status: 'enabled', deployment: 'cluster', proxyIp: '10.0.0.1' }) as Edge;

let clock: FakeClock;
let aheadMs: number;
let engine: FakeEngine;
let readings: Reading[];
let findings: Reason[];
let failures: (string | null)[];
let collector: SourceCollector;

beforeEach(() => {
  clock = new FakeClock();
  aheadMs = 0;
  [readings, findings, failures] = [[], [], []];
  engine = new FakeEngine(() => clock.nowMs() + aheadMs);
  collector = new SourceCollector(source, {
    api: engine,
    clock,
    sink: {
      onReading: (_edgeId, reading) => readings.push(reading),
      onFinding: (reason) => findings.push(reason),
      onRefresh: (_source, failure) => failures.push(failure),
    },
  });
  collector.retarget([edgeOf('a'), edgeOf('b')]);
});

/** Both edges were scraped this long ago. */
function scraped(agoMs: number, a: Partial<FakeTarget> = {}, b: Partial<FakeTarget> = {}): void {
  const atMs = clock.nowMs() + aheadMs - agoMs;
  const rows = { carp_mib_state: 2, net_snmp_generic_agent_uptime: 100 };
  engine.targets = [
    { edge: 'a', atMs, rows, ...a },
    { edge: 'b', atMs, rows: { ...rows, carp_mib_state: 1 }, ...b },
  ];
}

const outcomes = () =>
  readings.map(({ edgeId, snmp }) => [
    edgeId,
    snmp.outcome === 'answered' ? snmp.value.roles[0]?.role : snmp.outcome === 'unreachable' ? snmp.code : '',
  ]);

describe('a collector of a metrics source', () => {
  it('delivers each scrape once, with the times between which the edge was read', async () => {
    scraped(4_000, { durationSeconds: 0.5 });
    await collector.refresh();
    await collector.refresh();
    expect(outcomes()).toEqual([
      ['a', 'master'],
      ['b', 'backup'],
    ]);
    expect(readings[0]).toMatchObject({
      ...{ kind: 'health', startedAtMs: clock.nowMs() - 4_000, finishedAtMs: clock.nowMs() - 3_500 },
      ...{ startedMonotonicMs: clock.monotonicMs() - 4_000, snmp: { latencyMs: 500 } },
    });
  });

  it('reads the whole fleet with the same few queries', async () => {
    scraped(1_000);
    await collector.refresh();
    const two = collector.lastRefresh?.queries ?? 0;
    collector.retarget(Array.from({ length: 500 }, (_, at) => edgeOf(`e${at}`)));
    await collector.refresh();
    expect(collector.lastRefresh?.queries).toBe(two);
    expect(two).toBeLessThanOrEqual(20);
  });

  it('corrects the times of a clock that is five minutes off, and says so once', async () => {
    aheadMs = 300_000;
    scraped(4_000);
    await collector.refresh();
    scraped(1_000);
    await collector.refresh();
    expect(readings.map(({ startedAtMs }) => clock.nowMs() - startedAtMs)).toEqual([
      4_000, 4_000, 1_000, 1_000,
    ]);
    expect(findings.map(({ code, fact }) => `${code}: ${fact}`)).toEqual([
      'source-clock: The clock of source "p" is 5 m 0 s ahead of this computer\'s.',
    ]);
  });

  it('makes a scrape without answer as many as the exporter tried, and never a healthy one', async () => {
    scraped(1_000, { up: false, durationSeconds: 6 });
    await collector.refresh();
    expect(outcomes()).toEqual([...Array.from({ length: 3 }, () => ['a', 'scrape-failed']), ['b', 'backup']]);
  });

  it('takes a scrape that failed at once for the exporter’s fault', async () => {
    scraped(1_000, { up: false, durationSeconds: 0.01 });
    await collector.refresh();
    expect(outcomes()[0]).toEqual(['a', 'bad-answer']);
    expect(readings[0]?.snmp).toMatchObject({
      words: expect.stringMatching(/check snmp_exporter/) as string,
    });
  });

  it('turns stale after two scrape intervals, once within each', async () => {
    scraped(0);
    await collector.refresh();
    await clock.pass(31_000);
    await collector.refresh();
    expect(readings).toHaveLength(2);
    await clock.pass(2_000);
    await collector.refresh();
    await collector.refresh();
    expect(outcomes().slice(2)).toEqual([
      ['a', 'stale'],
      ['b', 'stale'],
    ]);
    await clock.pass(15_000);
    await collector.refresh();
    expect(readings).toHaveLength(6);
    scraped(0);
    await collector.refresh();
    expect(outcomes().slice(6)).toEqual([
      ['a', 'master'],
      ['b', 'backup'],
    ]);
  });

  it('counts an edge as stale that no target has', async () => {
    scraped(0, { edge: 'other' });
    await collector.refresh();
    await clock.pass(33_000);
    scraped(0, { edge: 'other' });
    await collector.refresh();
    expect(outcomes()).toEqual([
      ['b', 'backup'],
      ['a', 'stale'],
      ['b', 'backup'],
    ]);
    expect(readings[1]?.snmp).toMatchObject({
      words: expect.stringMatching(/no target with the label edge="a"/) as string,
    });
  });

  it('refuses two targets of one edge', async () => {
    await clock.pass(20_000);
    scraped(0);
    engine.targets.push({ ...engine.targets[0]!, instance: 'elsewhere:161' });
    await collector.refresh();
    expect(outcomes()).toEqual([
      ['a', 'bad-answer'],
      ['b', 'backup'],
    ]);
    expect(readings[0]?.snmp).toMatchObject({
      words: expect.stringMatching(/scrapes it twice: a:161 and elsewhere:161/) as string,
    });
  });

  it('names a few targets of an edge in a few words, however many and long they are', async () => {
    await clock.pass(20_000);
    scraped(0);
    const long = 'x'.repeat(10_000);
    for (let n = 0; n < 50; n += 1) engine.targets.push({ ...engine.targets[0]!, instance: `${n}${long}` });
    await collector.refresh();
    const [{ snmp }] = readings as [Reading];
    expect(snmp).toMatchObject({ code: 'bad-answer' });
    expect(JSON.stringify(snmp).length).toBeLessThan(2_000);
  });

  it('leaves an edge to the next refresh whose scrape ended between two answers', async () => {
    scraped(16_000);
    engine.before = (query) => {
      if (query.startsWith('max by') && query.includes('carp_mib_state'))
        engine.targets[0]!.atMs = clock.nowMs();
    };
    await collector.refresh();
    expect(outcomes()).toEqual([['b', 'backup']]);
    await collector.refresh();
    expect(outcomes()).toEqual([
      ['b', 'backup'],
      ['a', 'master'],
    ]);
    expect(readings[1]?.startedAtMs).toBe(clock.nowMs());
  });

  it('refuses a target without the metrics of edges', async () => {
    scraped(0, { rows: {} });
    await collector.refresh();
    expect(outcomes()).toEqual([
      ['a', 'bad-answer'],
      ['b', 'backup'],
    ]);
  });

  it('reports that the source fails once, and that its edges are unknown when what was read is stale', async () => {
    scraped(0);
    await collector.refresh();
    engine.failure = new MetricsFailure(
      'refused',
      'Source "p" refuses access (401).',
      'http://p:9090',
      'Check its token.',
    );
    await collector.refresh();
    await clock.pass(30_000);
    await collector.refresh();
    expect(readings).toHaveLength(2);
    await clock.pass(3_000);
    await collector.refresh();
    expect(outcomes().slice(2)).toEqual([
      ['a', 'stale'],
      ['b', 'stale'],
    ]);
    expect(readings[2]?.snmp).toMatchObject({ words: 'source "p" refuses access (401)' });
    expect(findings).toEqual([
      {
        code: 'source-refused',
        fact: 'Source "p" refuses access (401).',
        detail: 'http://p:9090: Check its token.',
      },
    ]);
    expect(failures.at(-1)).toBe('Source "p" refuses access (401). Check its token.');
  });

  it('waits as long as a busy engine asks', async () => {
    engine.failure = new MetricsFailure('busy', 'Busy.', 'p', 'Wait.', 60_000);
    collector.start();
    await clock.pass(1);
    const asked = engine.requests;
    await clock.pass(59_000);
    expect(engine.requests).toBe(asked);
    // What was read before is stale meanwhile.
    expect(outcomes().slice(0, 2)).toEqual([
      ['a', 'stale'],
      ['b', 'stale'],
    ]);
    await clock.pass(5_000);
    expect(engine.requests).toBeGreaterThan(asked);
    await collector.stop();
  });
});
