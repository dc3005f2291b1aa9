import { expect, it } from 'vitest';
import type { HeronEvent } from '../../../../domain/model/event';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import type { ClusterView } from '../../../../domain/model/snapshot';
import { startPipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const second = 1_000;
const answers: FakeMoment = { fromMs: 0, snmp: 'answers', latencyMs: 20 };

function anInventory(): Inventory {
  const cluster = {
    name: 'fra',
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
  return identifyInventory(inventoryFileSchema.parse({ clusters: [cluster] }), null);
}

/** Two edges; the LB of the second is INIT from 60 s on, for so many seconds. */
async function watch(stoppedSeconds: number, seconds: number) {
  const clock = new FakeClock();
  const source = new FakeSource(clock);
  source.script('e1', [{ ...answers, role: 'master' }]);
  source.script('e2', [
    { ...answers, role: 'backup' },
    { ...answers, fromMs: 60 * second, role: 'init' },
    { ...answers, fromMs: (60 + stoppedSeconds) * second, role: 'backup' },
  ]);
  const events: HeronEvent[] = [];
  const pipeline = await startPipeline({
    inventory: anInventory(),
    source,
    history: new FakeHistory(() => clock.nowMs()),
    clock,
    healthIntervalMs: 5 * second,
    roleIntervalMs: second,
    version: 'test',
    random: () => 0.5,
    onEvent: (event) => events.push(event),
  });
  await clock.pass(seconds * second);
  const [row] = pipeline.snapshot().clusters as [ClusterView];
  await pipeline.stop();
  const states = events.flatMap((event) => (event.type === 'cluster-state' ? [event.to] : []));
  return { row, states };
}

it('a cluster of two whose other LB is stopped has no redundancy and no spare until it is back', async () => {
  const { row } = await watch(1_000, 100);
  expect(row).toMatchObject({ health: 'no-redundancy', edgesUp: 2, spare: { canLose: 0 } });
  expect(row.reasons.map(({ code }) => code)).toEqual(['no-redundancy', 'lb-stopped']);
  const after = await watch(30, 120);
  expect(after.states.slice(-2)).toEqual(['no-redundancy', 'up']);
  expect(after.row.spare?.canLose).toBeNull();
});

it('an LB that is INIT in passing takes no redundancy away', async () => {
  const { states } = await watch(2, 100);
  expect(states.at(-1)).toBe('up');
  expect(states).not.toContain('no-redundancy');
});
