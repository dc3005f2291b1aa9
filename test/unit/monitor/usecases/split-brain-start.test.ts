import { describe, expect, it } from 'vitest';
import { incidentsOf } from '../../../../domain/incidents/incident-record';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { startPipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const second = 1_000;
const answers = { snmp: 'answers', latencyMs: 20 } as const;

/** Watches two LBs, the first of which is master throughout. What a screen shows at the end, live and from the history. */
async function watched(other: FakeMoment[], lastSecond: number) {
  const clock = new FakeClock();
  const source = new FakeSource(clock);
  const edge = (n: number) => ({
    name: `a${n}`,
    proxyIp: `10.1.0.${n + 10}`,
    managementIp: `10.1.1.${n + 10}`,
    snmp: { credential: 'noc' },
  });
  const cluster = {
    name: 'a',
    clusterIp: '10.1.0.100',
    subnetMask: '255.255.255.0',
    defaultGateway: '10.1.0.1',
    edges: [edge(1), edge(2), edge(3)],
  };
  const inventory = identifyInventory(inventoryFileSchema.parse({ clusters: [cluster] }), null);
  const scripts: FakeMoment[][] = [
    [{ fromMs: 0, ...answers, role: 'master' }],
    [{ fromMs: 0, ...answers, role: 'backup' }, ...other],
    [{ fromMs: 0, ...answers, role: 'backup' }],
  ];
  inventory.clusters[0]?.edges.forEach(({ id }, index) => source.script(id, scripts[index] ?? []));
  const history = new FakeHistory(() => clock.nowMs());
  await history.putInventory(inventory, clock.nowMs());
  const pipeline = await startPipeline({
    ...{ inventory, source, history, clock, version: 'test', random: () => 0.5 },
    ...{ healthIntervalMs: 5 * second, roleIntervalMs: second },
  });
  await clock.pass(lastSecond * second);
  const live = pipeline.snapshot().clusters[0];
  await pipeline.stop();
  const past = (await history.snapshotAt({ atMs: clock.nowMs() })).clusters[0];
  const events = await history.events({ clusterId: null, types: null, beforeId: null, limit: 1_000 });
  return { live, past, events, incidents: incidentsOf(events, clock.nowMs()) };
}

describe('a split brain', () => {
  it.each([
    ['begins', [{ fromMs: 30 * second, ...answers, role: 'master' }] as FakeMoment[]],
    [
      'is hidden for a moment',
      [
        { fromMs: 30 * second, ...answers, role: 'master' },
        { fromMs: 45 * second, snmp: 'silent' },
        { fromMs: 48 * second, ...answers, role: 'master' },
      ] as FakeMoment[],
    ],
  ])('has one start in row, past row, event and incident when it %s', async (_, other) => {
    const { live, past, events, incidents } = await watched(other, 60);
    const splits = events.flatMap(({ event }) => (event.type === 'split-brain' ? [event] : []));
    expect(splits).toHaveLength(1);
    const startMs = splits[0]?.timeMs;
    expect(startMs).toBe(splits[0]?.bracket.firstNewMs);
    for (const row of [live, past])
      expect(row).toMatchObject({
        health: 'split-brain',
        sinceMs: startMs,
        activeLb: { kind: 'several', sinceMs: startMs },
      });
    expect(incidents.filter(({ kind }) => kind === 'split-brain')).toMatchObject([{ startMs }]);
  });
});
