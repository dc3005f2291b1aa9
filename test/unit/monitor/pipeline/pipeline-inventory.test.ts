import { beforeEach, describe, expect, it } from 'vitest';
import type { SnapshotChange } from '../../../../domain/contract/contract';
import type { HeronEvent } from '../../../../domain/model/event';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { startPipeline, type Pipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource } from '../../../fixtures/sources/fake-source';

const second = 1_000;

/** Clusters by name with their edges' names; the first edge of each is the active LB. */
function fleet(
  clusters: Record<string, string[]>,
  change: (file: Made) => void = () => undefined,
): Inventory {
  const file = {
    clusters: Object.entries(clusters).map(([name, edges], c) => ({
      name,
      status: 'enabled',
      clusterIp: `10.${c}.0.100`,
      subnetMask: '255.255.255.0',
      defaultGateway: `10.${c}.0.1`,
      edges: edges.map((edge, e) => ({
        name: edge,
        status: 'enabled',
        proxyIp: `10.${c}.0.${e + 11}`,
        lbIp: `10.${c}.0.${e + 51}`,
        managementIp: `10.${c}.1.${e + 11}`,
        sku: 'LARGE',
        subscription: `SUB-${edge}`,
        snmp: { credential: 'noc', port: 161 },
        http: {},
      })),
    })),
  };
  change(file);
  return identifyInventory(inventoryFileSchema.parse(file), before);
}
type Made = {
  clusters: {
    name: string;
    status: string;
    clusterIp: string;
    edges: { name: string; status: string; snmp: { port: number } }[];
  }[];
};
let before: Inventory | null = null;

const two = { fra: ['f1', 'f2', 'f3'], syd: ['s1', 's2', 's3'] };
let clock: FakeClock;
let source: FakeSource;
let history: FakeHistory;
let pipeline: Pipeline;
let events: HeronEvent[];
let told: SnapshotChange[];

beforeEach(async () => {
  before = null;
  clock = new FakeClock();
  source = new FakeSource(clock);
  history = new FakeHistory(() => clock.nowMs());
  for (const edge of ['f1', 's1']) {
    source.script(edge, [{ fromMs: 0, snmp: 'answers', role: 'master', latencyMs: 20 }]);
  }
  const inventory = fleet(two);
  pipeline = await startPipeline({
    inventory,
    source,
    history,
    clock,
    healthIntervalMs: 5 * second,
    roleIntervalMs: second,
    version: 'test',
    random: () => 0.5,
  });
  before = inventory;
  [events, told] = [[], []];
  pipeline.onEvent((event) => events.push(event));
  pipeline.onChange((change) => told.push(change));
  await clock.pass(30 * second);
  events.length = 0;
});

const row = (id: string) => pipeline.snapshot().clusters.find((cluster) => cluster.id === id);
const rolePolls = (edgeId: string, fromMs: number): number[] =>
  source.reads.filter((read) => read.edgeId === edgeId && read.atMs >= fromMs).map(({ atMs }) => atMs);

describe('a pipeline that takes another inventory', () => {
  it('keeps since, role and last readings of a cluster that did not change, and polls it without a gap', async () => {
    const known = row('fra');
    expect(known).toMatchObject({ health: 'up', activeLb: { kind: 'one', edgeName: 'f1' } });
    const changedAtMs = clock.monotonicMs();
    await pipeline.applyInventory(fleet({ ...two, nrt: ['n1', 'n2'] }));
    expect(row('fra')).toEqual(known);
    await clock.pass(10 * second);
    expect(row('fra')).toMatchObject({ health: 'up', sinceMs: known?.sinceMs, activeLb: known?.activeLb });
    const looks = rolePolls('f1', changedAtMs - 2 * second);
    const gaps = looks.slice(1).map((atMs, index) => atMs - (looks[index] ?? atMs));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1.1 * second);
    expect(source.forgotten).toEqual([]);
    expect(events.filter((event) => 'clusterId' in event && event.clusterId !== 'nrt')).toEqual([]);
    expect(row('nrt')?.edges).toHaveLength(2);
  });

  it('begins a new cluster at once, from nothing', async () => {
    source.script('n1', [{ fromMs: 0, snmp: 'answers', role: 'master', latencyMs: 20 }]);
    await pipeline.applyInventory(fleet({ ...two, nrt: ['n1', 'n2'] }));
    expect(row('nrt')).toMatchObject({ health: 'unknown', sinceMs: null });
    await clock.pass(2 * second);
    expect(row('nrt')).toMatchObject({ health: 'up', activeLb: { kind: 'one', edgeName: 'n1' } });
    expect(events.map(({ type }) => type)).not.toContain('failover');
  });

  it('lets a removed cluster go: no poll, no row, and history says that it is not watched any more', async () => {
    await pipeline.applyInventory(fleet({ fra: two.fra }));
    const atMs = clock.monotonicMs();
    await clock.pass(10 * second);
    expect(row('syd')).toBeUndefined();
    expect(rolePolls('s1', atMs + 1)).toEqual([]);
    expect(told.flatMap(({ removedClusterIds }) => removedClusterIds)).toEqual(['syd']);
    expect(source.forgotten.toSorted()).toEqual(['s1', 's2', 's3']);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'cluster-state', clusterId: 'syd', from: 'up', to: 'disabled' }),
    );
    await pipeline.stop();
    const spans = await history.spans({ subjectIds: ['syd', 's1'], fromMs: 0, toMs: clock.nowMs() });
    const open = spans.filter(({ toMs }) => toMs === null).map(({ kind, state }) => `${kind} ${state}`);
    expect(open.toSorted()).toEqual(['cluster-health disabled', 'edge-health disabled', 'lb-role unknown']);
    expect(pipeline.snapshot().monitor.edgesPolled).toBe(3);
    expect(pipeline.snapshot().monitor.edgesAnswered).toBe(3);
  });

  it('calls a renamed cluster by its new name and knows all that it knew', async () => {
    const known = row('syd');
    const renamed = fleet(two);
    renamed.clusters[1]!.name = 'sydney';
    renamed.clusters[1]!.edges[0]!.name = 'sydney-1';
    await pipeline.applyInventory(renamed);
    expect(row('syd')).toMatchObject({ name: 'sydney', health: 'up', sinceMs: known?.sinceMs });
    await clock.pass(2 * second);
    expect(row('syd')?.activeLb).toMatchObject({ kind: 'one', edgeName: 'sydney-1' });
    expect(events).toEqual([]);
  });

  it('goes on with the other edges when one is added: who is active, since when, no event but the new edge’s', async () => {
    const known = row('fra');
    await pipeline.applyInventory(fleet({ ...two, fra: [...two.fra, 'f4'] }));
    expect(row('fra')).toMatchObject({ health: 'up', activeLb: known?.activeLb, edgesTotal: 4 });
    await clock.pass(5 * second);
    expect(row('fra')).toMatchObject({
      health: 'up',
      sinceMs: known?.sinceMs,
      activeLb: known?.activeLb,
      edgesUp: 4,
    });
    expect(events.filter(({ type }) => type !== 'finding')).toEqual([
      expect.objectContaining({ type: 'lb-role', edgeName: 'f4', to: 'backup' }),
      expect.objectContaining({ type: 'edge-state', edgeName: 'f4', to: 'up' }),
    ]);
  });

  it('takes no failover from the active LB being taken out of the inventory', async () => {
    source.script('f2', [
      { fromMs: 0, snmp: 'answers', role: 'backup', latencyMs: 20 },
      { fromMs: clock.monotonicMs() + second, snmp: 'answers', role: 'master', latencyMs: 20 },
    ]);
    await pipeline.applyInventory(fleet({ ...two, fra: ['f2', 'f3'] }));
    await clock.pass(10 * second);
    expect(row('fra')?.activeLb).toMatchObject({ kind: 'one', edgeName: 'f2' });
    expect(events.map(({ type }) => type)).not.toContain('failover');
    expect(events.map(({ type }) => type)).not.toContain('no-active-lb');
  });

  it('starts one edge anew when it is asked elsewhere, and only that one', async () => {
    await pipeline.applyInventory(fleet(two, (file) => (file.clusters[0]!.edges[1]!.snmp.port = 1161)));
    expect(source.forgotten).toEqual(['f2']);
    await clock.pass(5 * second);
    expect(row('fra')).toMatchObject({ health: 'up', activeLb: { kind: 'one', edgeName: 'f1' } });
    expect(events.filter(({ type }) => type === 'cluster-state')).toEqual([]);
  });

  it('disables a cluster: said once, not polled; enabled again it is read again', async () => {
    await pipeline.applyInventory(fleet(two, (file) => (file.clusters[0]!.status = 'disabled')));
    await clock.pass(3 * second);
    expect(row('fra')?.health).toBe('disabled');
    expect(events.filter(({ type }) => type === 'cluster-state')).toEqual([
      expect.objectContaining({ from: 'up', to: 'disabled' }),
    ]);
    await pipeline.applyInventory(fleet(two));
    await clock.pass(3 * second);
    expect(row('fra')?.health).toBe('up');
  });
});
