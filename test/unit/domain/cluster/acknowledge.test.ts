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

async function watch(clock: FakeClock, history: FakeHistory, last: FakeMoment[]): Promise<Pipeline> {
  const source = new FakeSource(clock);
  const [first, second_, third] = inventory.clusters[0]!.edges;
  source.script(first!.id, [answers(0, 'master')]);
  source.script(second_!.id, [answers(0, 'backup')]);
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
});
