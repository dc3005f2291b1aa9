import { describe, expect, it } from 'vitest';
import type { HeronEvent } from '../../../../domain/model/event';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { startPipeline, type Pipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeNetwork } from '../../../fixtures/network/fake-network';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const second = 1_000;
const answers: FakeMoment = { fromMs: 0, snmp: 'answers', latencyMs: 20 };
const silentFrom = (fromMs: number, toMs: number, more: Partial<FakeMoment> = {}): FakeMoment[] => [
  { ...answers, ...more },
  { fromMs, snmp: 'silent', http: { code: 'timeout', words: 'no page' } },
  { ...answers, ...more, fromMs: toMs },
];

/** Two clusters of two edges each: `near` in 10.0.1.0/24 by eth1, `far` in 10.0.2.0/24 by eth2. */
function anInventory(): Inventory {
  const cluster = (name: string, net: string) => ({
    name,
    clusterIp: `10.0.${net}.100`,
    subnetMask: '255.255.255.0',
    defaultGateway: `10.0.${net}.1`,
    edges: [1, 2].map((n) => ({
      name: `${name}-${n}`,
      proxyIp: `10.0.${net}.${n + 10}`,
      snmp: { credential: 'noc' },
      http: {},
    })),
  });
  return identifyInventory(
    inventoryFileSchema.parse({ clusters: [cluster('near', '1'), cluster('far', '2')] }),
    null,
  );
}

interface Scene {
  clock: FakeClock;
  network: FakeNetwork;
  pipeline: Pipeline;
  startMs: number;
  of: <T extends HeronEvent['type']>(type: T) => Extract<HeronEvent, { type: T }>[];
}

async function scene(scripts: Record<string, FakeMoment[]>): Promise<Scene> {
  const clock = new FakeClock();
  const network = new FakeNetwork()
    .add('eth0', '192.0.2.7', '')
    .add('eth1', '10.0.1.7', '10.0.1.')
    .add('eth2', '10.0.2.7', '10.0.2.');
  const source = new FakeSource(clock);
  for (const [edgeId, moments] of Object.entries(scripts)) source.script(edgeId, moments);
  const events: HeronEvent[] = [];
  const pipeline = await startPipeline({
    inventory: anInventory(),
    source,
    history: new FakeHistory(() => clock.nowMs()),
    clock,
    network,
    healthIntervalMs: 10 * second,
    roleIntervalMs: second,
    version: 'test',
    random: () => 0.5,
    onEvent: (event) => events.push(event),
  });
  const of: Scene['of'] = (type) =>
    events.filter((event): event is Extract<HeronEvent, { type: typeof type }> => event.type === type);
  return { clock, network, pipeline, startMs: clock.nowMs(), of };
}

const states = (events: Extract<HeronEvent, { type: 'edge-state' }>[], name: string): string[] =>
  events.filter(({ edgeName }) => edgeName === name).map(({ to }) => to);

describe('an own interface that is down', () => {
  it('is said at once, makes its edges unknown and never down, and ends as a gap of their clusters alone', async () => {
    const { clock, network, pipeline, startMs, of } = await scene({
      'near-1': silentFrom(20 * second, 60 * second, { role: 'master' }),
      'near-2': silentFrom(20 * second, 60 * second),
      'far-1': [{ ...answers, role: 'master' }],
      'far-2': [answers],
    });
    await clock.pass(20 * second);
    network.down('eth1');
    await clock.pass(1_100);
    expect(pipeline.snapshot().monitor).toMatchObject({
      state: 'partly-blind',
      words: 'eth1 of this computer is down: 2 of 4 edges cannot be polled.',
    });
    await clock.pass(5 * second);
    const [near, far] = pipeline.snapshot().clusters;
    expect(near).toMatchObject({ name: 'near', health: 'unknown' });
    expect(near?.edges[0]?.reasons).toMatchObject([{ code: 'own-network' }]);
    expect(far?.health).toBe('up');
    await clock.pass(startMs + 60 * second - clock.nowMs());
    network.up('eth1');
    await clock.pass(30 * second);
    expect(pipeline.snapshot().clusters.map(({ health }) => health)).toEqual(['up', 'up']);
    expect(pipeline.snapshot().monitor.state).toBe('ok');
    const [gap, ...more] = of('gap');
    expect(more).toEqual([]);
    expect(gap).toMatchObject({ reason: 'own-network', clusters: [{ id: 'near', name: 'near' }] });
    expect((gap?.fromMs ?? 0) - startMs).toBeGreaterThanOrEqual(19 * second);
    expect((gap?.fromMs ?? 0) - startMs).toBeLessThanOrEqual(20 * second);
    expect((gap?.toMs ?? 0) - startMs).toBeGreaterThanOrEqual(60 * second);
    expect((gap?.toMs ?? 0) - startMs).toBeLessThanOrEqual(68 * second);
    for (const name of ['near-1', 'near-2'])
      expect(states(of('edge-state'), name)).toEqual(['up', 'unknown', 'up']);
    expect(of('failover')).toEqual([]);
    expect(of('no-active-lb')).toEqual([]);
  });

  it('lets an edge that died meanwhile be down, but only by its silence afterwards', async () => {
    const { clock, network, startMs, of } = await scene({
      'near-1': silentFrom(20 * second, 60 * second, { role: 'master' }),
      'near-2': silentFrom(20 * second, 600 * second),
    });
    await clock.pass(20 * second);
    network.down('eth1');
    await clock.pass(40 * second);
    network.up('eth1');
    await clock.pass(60 * second);
    expect(states(of('edge-state'), 'near-2')).toEqual(['up', 'unknown', 'down']);
    const down = of('edge-state').find(({ to }) => to === 'down');
    expect((down?.timeMs ?? 0) - startMs).toBeGreaterThanOrEqual(60 * second);
  });

  it('is no excuse for edges that are reached by another one, nor for those that answer in another way', async () => {
    const { clock, network, pipeline, of } = await scene({
      'far-2': silentFrom(22 * second, 600 * second),
    });
    await clock.pass(20 * second);
    network.down('eth1');
    await clock.pass(30 * second);
    expect(states(of('edge-state'), 'far-2')).toEqual(['up', 'down']);
    expect(states(of('edge-state'), 'near-1')).toEqual(['up']);
    expect(pipeline.snapshot().monitor.state).toBe('ok');
    await pipeline.stop();
    expect(of('gap')).toMatchObject([{ clusters: [{ id: 'near', name: 'near' }] }]);
  });

  it('is blindness when all edges are behind such interfaces, and a gap for each', async () => {
    const { clock, network, pipeline, of } = await scene(
      Object.fromEntries(
        ['near-1', 'near-2', 'far-1', 'far-2'].map((id) => [id, silentFrom(20 * second, 50 * second)]),
      ),
    );
    await clock.pass(20 * second);
    network.down('eth1');
    network.down('eth2');
    await clock.pass(10 * second);
    expect(pipeline.snapshot().monitor).toMatchObject({
      state: 'blind',
      words: 'eth1, eth2 of this computer are down: no edge can be polled.',
    });
    await clock.pass(20 * second);
    network.up('eth1');
    network.up('eth2');
    await clock.pass(30 * second);
    // Their answers come in the same moment.
    expect(
      of('gap')
        .flatMap(({ clusters }) => clusters?.map(({ id }) => id))
        .sort(),
    ).toEqual(['far', 'near']);
    expect(of('edge-state').map(({ to }) => to)).not.toContain('down');
  });

  it('names the interfaces that lead to edges, with a change of address', async () => {
    const { clock, network, pipeline } = await scene({});
    await clock.pass(5 * second);
    const links = () =>
      pipeline.snapshot().monitor.host?.links.toSorted((a, b) => a.name.localeCompare(b.name));
    expect(links()).toEqual([
      { name: 'eth1', address: '10.0.1.7', changed: null },
      { name: 'eth2', address: '10.0.2.7', changed: null },
    ]);
    network.readdress('eth1', '10.0.1.99');
    await clock.pass(2 * second);
    expect(links()?.[0]).toMatchObject({ address: '10.0.1.99', changed: { from: '10.0.1.7' } });
    expect(links()?.[1]).toMatchObject({ name: 'eth2', changed: null });
    await pipeline.stop();
  });
});
