import { describe, expect, it } from 'vitest';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { startPipeline, type Pipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const second = 1_000;
const silentFromMs = 60 * second;

function inventoryOf(sizes: readonly number[]) {
  const clusters = sizes.map((size, block) => ({
    name: `c${block + 1}`,
    clusterIp: `10.${block}.0.100`,
    subnetMask: '255.255.255.0',
    defaultGateway: `10.${block}.0.1`,
    edges: Array.from({ length: size }, (_, index) => ({
      name: `c${block + 1}-${index + 1}`,
      proxyIp: `10.${block}.0.${index + 11}`,
      managementIp: `10.${block}.1.${index + 11}`,
      snmp: { credential: 'noc' },
    })),
  }));
  return identifyInventory(inventoryFileSchema.parse({ clusters }), null);
}

/** `silent`: the clusters that fall silent, by index. */
async function fleet(
  sizes: readonly number[],
  silent: readonly number[],
  clock: FakeClock,
): Promise<Pipeline> {
  const inventory = inventoryOf(sizes);
  const source = new FakeSource(clock);
  inventory.clusters.forEach(({ edges }, cluster) =>
    edges.forEach(({ id }, index) => {
      const role = index === 0 ? 'master' : 'backup';
      const answers: FakeMoment = { fromMs: 0, snmp: 'answers', role, latencyMs: 20 };
      source.script(
        id,
        silent.includes(cluster) ? [answers, { fromMs: silentFromMs, snmp: 'silent' }] : [answers],
      );
    }),
  );
  return startPipeline({
    inventory,
    source,
    history: new FakeHistory(() => clock.nowMs()),
    clock,
    healthIntervalMs: 5 * second,
    roleIntervalMs: second,
    version: 'test',
    random: () => 0.5,
  });
}

/** How long after everything fell silent each cluster is unknown, milliseconds. Its figures agree with its state all the time. */
async function unknownAfterMs(
  pipeline: Pipeline,
  clock: FakeClock,
  sizes: readonly number[],
): Promise<number[]> {
  await clock.pass(silentFromMs);
  const after = sizes.map(() => Infinity);
  for (let ms = 100; ms <= 15 * second; ms += 100) {
    await clock.pass(100);
    pipeline.snapshot().clusters.forEach(({ health, edgesUp, edges }, index) => {
      if (health === 'unknown') after[index] = Math.min(after[index] ?? Infinity, ms);
      else expect(edgesUp, `${health} after ${ms} ms`).not.toBeNull();
      if (health === 'up') expect(edges.every((edge) => edge.health === 'up')).toBe(true);
    });
  }
  return after;
}

describe('a fleet that falls silent', () => {
  it('is unknown after the first round of polls without answers, whatever its sizes', async () => {
    const clock = new FakeClock();
    const sizes = [2, 4, 8, 16];
    const pipeline = await fleet(sizes, [0, 1, 2, 3], clock);
    // A round takes a poll interval, and a time-out each for its first and its last poll.
    for (const ms of await unknownAfterMs(pipeline, clock, sizes)) expect(ms).toBeLessThanOrEqual(3_000);
    await pipeline.stop();
  });

  it('is one cluster, if only that one does: known soon where it has many edges', async () => {
    const clock = new FakeClock();
    const sizes = [8, 2];
    const pipeline = await fleet(sizes, [0], clock);
    const [first, second_] = await unknownAfterMs(pipeline, clock, sizes);
    expect(first).toBeLessThanOrEqual(3_000);
    expect(second_).toBe(Infinity);
    await pipeline.stop();
  });

  it('is no fleet of which single packets are lost', async () => {
    const clock = new FakeClock();
    const sizes = [2, 8];
    const inventory = inventoryOf(sizes);
    const source = new FakeSource(clock);
    inventory.clusters.forEach(({ edges }) =>
      edges.forEach(({ id }, index) => {
        const answers = (fromMs: number): FakeMoment => ({
          fromMs,
          snmp: 'answers',
          role: index === 0 ? 'master' : 'backup',
          latencyMs: 20,
        });
        // Every 20 s each edge loses the polls of one second, half of them at the same time.
        const moments = Array.from({ length: 15 }, (_, round): FakeMoment[] => {
          const fromMs = 30 * second + round * 20 * second + (index % 2) * 5 * second;
          return [{ fromMs, snmp: 'silent' }, answers(fromMs + second)];
        });
        source.script(id, [answers(0), ...moments.flat()]);
      }),
    );
    const pipeline = await startPipeline({
      inventory,
      source,
      history: new FakeHistory(() => clock.nowMs()),
      clock,
      ...{ healthIntervalMs: 5 * second, roleIntervalMs: second, version: 'test', random: () => 0.5 },
    });
    await clock.pass(20 * second);
    for (let ms = 0; ms < 300 * second; ms += 500) {
      await clock.pass(500);
      expect(pipeline.snapshot().clusters.map(({ health }) => health)).not.toContain('unknown');
    }
    await pipeline.stop();
  });

  it('is unknown and not down when what was polled has ended, although this computer refuses its ports', async () => {
    const clock = new FakeClock();
    const inventory = inventoryOf([2, 4]);
    const source = new FakeSource(clock);
    for (const edge of inventory.clusters.flatMap(({ edges }) => edges)) {
      const role = edge.name.endsWith('-1') ? 'master' : 'backup';
      source.script(edge.id, [
        { fromMs: 0, snmp: 'answers', role, latencyMs: 20 },
        { fromMs: silentFromMs, snmp: { code: 'refused', words: 'nothing listens there' } },
      ]);
    }
    const history = new FakeHistory(() => clock.nowMs());
    const pipeline = await startPipeline({
      ...{ inventory, source, history, clock, version: 'test', random: () => 0.5 },
      ...{ healthIntervalMs: 5 * second, roleIntervalMs: second },
    });
    await clock.pass(silentFromMs);
    const endedMs = clock.nowMs();
    pipeline.endOfSource('The demo fleet has ended');
    await clock.pass(4 * second);
    const { clusters, monitor } = pipeline.snapshot();
    expect(monitor).toMatchObject({ state: 'blind', trouble: { kind: 'demo-ended', sinceMs: endedMs } });
    expect(clusters.map(({ health }) => health)).toEqual(['unknown', 'unknown']);
    await clock.pass(60 * second);
    await pipeline.stop();
    const gaps = await history.events({ clusterId: null, types: ['gap'], beforeId: null, limit: 10 });
    expect(gaps.map(({ event }) => event)).toMatchObject([
      { fromMs: Math.round(endedMs), reason: 'own-network' },
    ]);
    const states = await history.events({
      clusterId: null,
      types: ['cluster-state'],
      beforeId: null,
      limit: 99,
    });
    expect(states.map(({ event }) => event.type === 'cluster-state' && event.to)).not.toContain('down');
  });

  it('is polled at once when a person asks, which says how many edges answered', async () => {
    const clock = new FakeClock();
    const pipeline = await fleet([2, 3], [1], clock);
    await clock.pass(silentFromMs + 30 * second);
    const round = pipeline.pollAll();
    expect(pipeline.pollAll()).toBeNull();
    await clock.pass(20 * second);
    expect(await round).toMatchObject({ edges: 5, answered: 2 });
    await pipeline.stop();
  });
});
