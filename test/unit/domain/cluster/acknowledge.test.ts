import { describe, expect, it } from 'vitest';
import type { HeronEvent } from '../../../../domain/model/event';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { startPipeline, type Pipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const second = 1_000;
const inventory = identifyInventory(
  inventoryFileSchema.parse({
    clusters: [
      {
        name: 'fra-01',
        clusterIp: '10.0.0.100',
        subnetMask: '255.255.255.0',
        defaultGateway: '10.0.0.1',
        edges: ['11', '12', '13'].map((host) => ({
          name: `e${host}`,
          proxyIp: `10.0.0.${host}`,
          managementIp: `10.0.1.${host}`,
          snmp: { credential: 'noc' },
        })),
      },
    ],
  }),
  null,
);
const answers = (fromMs: number, role: 'master' | 'backup'): FakeMoment => ({
  fromMs,
  snmp: 'answers',
  role,
  latencyMs: 20,
});
const dead = (fromMs: number): FakeMoment => ({ fromMs, snmp: 'silent' });

async function watch(
  clock: FakeClock,
  history: FakeHistory,
  last: FakeMoment[],
  active: FakeMoment[] = [answers(0, 'master')],
  other: FakeMoment[] = [answers(0, 'backup')],
): Promise<Pipeline> {
  const source = new FakeSource(clock);
  const [first, second_, third] = inventory.clusters[0]!.edges;
  source.script(first!.id, active);
  source.script(second_!.id, other);
  source.script(third!.id, last);
  return startPipeline({
    inventory,
    source,
    history,
    clock,
    healthIntervalMs: 5 * second,
    roleIntervalMs: second,
    version: 'test',
    random: () => 0.5,
  });
}

const row = (pipeline: Pipeline) => pipeline.snapshot().clusters[0]!;
const id = inventory.clusters[0]!.id;
const take = { by: 'EU desk', words: 'Power is out.', withdrawn: false };

describe('an acknowledgement', () => {
  it('is of a problem only, is kept while it lasts, survives a restart, and ends when all is well', async () => {
    const clock = new FakeClock();
    const history = new FakeHistory(() => clock.nowMs());
    await history.putInventory(inventory, clock.nowMs());
    const pipeline = await watch(clock, history, [answers(0, 'backup'), dead(30 * second)]);
    await clock.pass(20 * second);
    expect(row(pipeline).health).toBe('up');
    expect(pipeline.acknowledge(id, take)).toBe(false);
    expect(pipeline.acknowledge('nothing', take)).toBe(false);

    await clock.pass(60 * second);
    expect(row(pipeline).health).toBe('degraded');
    const atMs = Math.round(clock.nowMs());
    expect(pipeline.acknowledge(id, take)).toBe(true);
    const acknowledged = { by: 'EU desk', words: 'Power is out.', atMs };
    expect(row(pipeline).acknowledged).toEqual(acknowledged);
    await clock.pass(10 * second);
    await pipeline.stop();
    const past = await history.snapshotAt({ atMs: atMs + second });
    expect(past.clusters[0]?.acknowledged).toEqual(acknowledged);
    expect((await history.snapshotAt({ atMs: atMs - second })).clusters[0]?.acknowledged).toBeNull();

    const events: HeronEvent[] = [];
    const next = await watch(clock, history, [dead(0), answers(60 * second, 'backup')]);
    next.onEvent((event) => events.push(event));
    expect(row(next).acknowledged).toEqual(acknowledged);
    await clock.pass(40 * second);
    expect(row(next)).toMatchObject({ health: 'degraded', acknowledged });
    await clock.pass(60 * second);
    expect(row(next)).toMatchObject({ health: 'up', acknowledged: null });
    expect(events.filter(({ type }) => type === 'acknowledged')).toMatchObject([
      { ended: 'well', by: 'EU desk', clusterName: 'fra-01' },
    ]);
    await next.stop();
  });

  it('can be given back, once', async () => {
    const clock = new FakeClock();
    const history = new FakeHistory(() => clock.nowMs());
    const pipeline = await watch(clock, history, [dead(0)]);
    await clock.pass(60 * second);
    expect(pipeline.acknowledge(id, take)).toBe(true);
    expect(pipeline.acknowledge(id, { ...take, withdrawn: true })).toBe(true);
    expect(row(pipeline).acknowledged).toBeNull();
    expect(pipeline.acknowledge(id, { ...take, withdrawn: true })).toBe(false);
    await pipeline.stop();
  });

  it('is of what was wrong then: what is new is not acknowledged, what heals does not reopen it', async () => {
    const clock = new FakeClock();
    const history = new FakeHistory(() => clock.nowMs());
    await history.putInventory(inventory, clock.nowMs());
    const busy = (fromMs: number): FakeMoment => ({ ...answers(fromMs, 'master'), says: { cpuPercent: 97 } });
    const pipeline = await watch(
      clock,
      history,
      [dead(0), answers(200 * second, 'backup')],
      [answers(0, 'master'), busy(100 * second), answers(300 * second, 'master')],
    );
    await clock.pass(60 * second);
    expect(pipeline.acknowledge(id, take)).toBe(true);
    expect(row(pipeline)).toMatchObject({ acknowledged: { by: 'EU desk' }, newFaults: [] });

    await clock.pass(60 * second);
    expect(row(pipeline)).toMatchObject({
      acknowledged: { by: 'EU desk' },
      newFaults: ['CPU of e11 is at 97 %.'],
    });
    const newMs = Math.round(clock.nowMs());
    expect(pipeline.acknowledge(id, { ...take, by: 'US desk' })).toBe(true);
    expect(row(pipeline)).toMatchObject({ acknowledged: { by: 'US desk' }, newFaults: [] });

    await clock.pass(120 * second);
    expect(row(pipeline)).toMatchObject({
      health: 'degraded',
      acknowledged: { by: 'US desk' },
      newFaults: [],
    });
    await clock.pass(120 * second);
    expect(row(pipeline)).toMatchObject({ health: 'up', acknowledged: null });
    await pipeline.stop();
    const then = await history.snapshotAt({ atMs: newMs - 1 });
    expect(then.clusters[0]).toMatchObject({
      acknowledged: { by: 'EU desk' },
      newFaults: ['CPU of e11 is at 97 %.'],
    });
  });

  it('outlasts a time in which the cluster was unknown', async () => {
    const clock = new FakeClock();
    const history = new FakeHistory(() => clock.nowMs());
    const silentAt = (fromMs: number): FakeMoment[] => [
      answers(0, 'master'),
      dead(fromMs),
      answers(160 * second, 'master'),
    ];
    const pipeline = await watch(clock, history, [dead(0)], silentAt(100 * second), [
      answers(0, 'backup'),
      dead(100 * second),
      answers(160 * second, 'backup'),
    ]);
    await clock.pass(60 * second);
    expect(pipeline.acknowledge(id, take)).toBe(true);
    await clock.pass(80 * second);
    expect(row(pipeline)).toMatchObject({ health: 'unknown', acknowledged: { by: 'EU desk' } });
    expect(row(pipeline).newFaults).toHaveLength(1);
    await clock.pass(80 * second);
    expect(row(pipeline)).toMatchObject({
      health: 'degraded',
      acknowledged: { by: 'EU desk' },
      newFaults: [],
    });
    await pipeline.stop();
  });

  it('is also of an outage that is over, which stays until then, over a restart and in the past', async () => {
    const clock = new FakeClock();
    const history = new FakeHistory(() => clock.nowMs());
    await history.putInventory(inventory, clock.nowMs());
    const third = [answers(0, 'backup')];
    const lost = { ...answers(40 * second, 'backup'), role: 'init' as const };
    const first = [answers(0, 'master'), lost, answers(43 * second, 'master')];
    const pipeline = await watch(clock, history, third, first);
    await clock.pass(90 * second);
    const { health, unacknowledgedOutages } = row(pipeline);
    expect(health).toBe('up');
    expect(unacknowledgedOutages).toMatchObject([{ kind: 'no-active-lb', times: 1 }]);
    const { atLeast, atMost } = unacknowledgedOutages[0]!.lastedMs;
    expect(atLeast).toBeLessThanOrEqual(3 * second);
    expect(atMost).toBeGreaterThanOrEqual(3 * second);
    await pipeline.stop();
    const overMs = Math.round(clock.nowMs());
    expect((await history.snapshotAt({ atMs: overMs })).clusters[0]).toMatchObject({ unacknowledgedOutages });

    const next = await watch(clock, history, third);
    await clock.pass(30 * second);
    expect(row(next).unacknowledgedOutages).toEqual(unacknowledgedOutages);
    expect(next.acknowledge(id, take)).toBe(true);
    expect(row(next)).toMatchObject({ health: 'up', acknowledged: null, unacknowledgedOutages: [] });
    expect(next.acknowledge(id, take)).toBe(false);
    await next.stop();
    const after = await history.snapshotAt({ atMs: Math.round(clock.nowMs()) });
    expect(after.clusters[0]).toMatchObject({ acknowledged: null, unacknowledgedOutages: [] });
  });
});
