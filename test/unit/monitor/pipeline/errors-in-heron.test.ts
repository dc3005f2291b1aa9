import { describe, expect, it } from 'vitest';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import type { HeronEvent } from '../../../../domain/model/event';
import { guardedFaults } from '../../../../monitor/log/guard';
import { startPipeline, type Pipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource } from '../../../fixtures/sources/fake-source';

const cluster = {
  name: 'fra-01',
  clusterIp: '10.0.0.100',
  subnetMask: '255.255.255.0',
  defaultGateway: '10.0.0.1',
  edges: [1, 2].map((n) => ({
    name: `e${n}`,
    proxyIp: `10.0.0.${n + 10}`,
    managementIp: `10.0.1.${n + 10}`,
    snmp: { credential: 'noc' },
    http: {},
  })),
};

async function scene(): Promise<{
  clock: FakeClock;
  pipeline: Pipeline;
  source: FakeSource;
  events: HeronEvent[];
}> {
  const clock = new FakeClock();
  const source = new FakeSource(clock);
  const inventory = identifyInventory(inventoryFileSchema.parse({ clusters: [cluster] }), null);
  for (const { id } of inventory.clusters[0]?.edges ?? [])
    source.script(id, [{ fromMs: 0, snmp: 'answers', latencyMs: 20 }]);
  const events: HeronEvent[] = [];
  const pipeline = await startPipeline({
    inventory,
    source,
    history: new FakeHistory(() => clock.nowMs()),
    clock,
    healthIntervalMs: 10_000,
    roleIntervalMs: 1_000,
    version: 'test',
    random: () => 0.5,
    onEvent: (event) => events.push(event),
  });
  return { clock, pipeline, source, events };
}

describe('An error in Heron itself', () => {
  it('while it judges one edge ends neither its polling nor that of the others', async () => {
    const { clock, pipeline, source } = await scene();
    await clock.pass(5_000);
    const engineOf = source.readHealth.bind(source);
    source.readHealth = (edge, ...more) =>
      edge.name === 'e1' ? Promise.reject(new Error('planted')) : engineOf(edge, ...more);
    const before = pipeline.counts().answered;
    const faults = guardedFaults()['the poll of an edge'] ?? 0;
    await clock.pass(60_000);
    expect(guardedFaults()['the poll of an edge']).toBeGreaterThan(faults + 3);
    expect(pipeline.counts().answered - before).toBeGreaterThan(100);
    await pipeline.stop();
  });

  it('in a listener of events or changes does not reach the pipeline, and the others are called', async () => {
    const { clock, pipeline, events } = await scene();
    const fail = (): never => {
      throw new Error('planted');
    };
    let changes = 0;
    pipeline.onEvent(fail);
    pipeline.onChange(fail);
    pipeline.onChange(() => (changes += 1));
    await clock.pass(10_000);
    pipeline.recordFault('planted', false);
    await clock.pass(1_000);
    expect(changes).toBeGreaterThan(15);
    expect(events.filter(({ type }) => type === 'edge-state').length).toBeGreaterThanOrEqual(2);
    await pipeline.stop();
  });

  it('is recorded as a finding', async () => {
    const { pipeline, events } = await scene();
    pipeline.recordFault('the main process: planted', false);
    expect(events.at(-1)).toMatchObject({
      type: 'finding',
      edgeId: null,
      reason: { code: 'fault-in-heron', fact: 'An error in Heron itself: the main process: planted.' },
    });
    await pipeline.stop();
  });

  it('and a sleep of the computer is a gap with its reason', async () => {
    const { clock, pipeline, events } = await scene();
    await clock.pass(5_000);
    pipeline.computerSleeps(true);
    clock.freeze(30_000);
    pipeline.computerSleeps(false);
    expect(events.at(-1)).toMatchObject({
      type: 'gap',
      reason: 'suspended',
      words: 'This computer slept for 30 s.',
    });
    await pipeline.stop();
  });
});
