import { expect, it } from 'vitest';
import { MaintenanceState } from '../../../../domain/maintenance/maintenance-state';
import type { MaintenanceDraft } from '../../../../domain/model/maintenance';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { ClusterMonitor } from '../../../../domain/cluster/cluster-monitor';
import { MaintenanceEngine } from '../../../../monitor/pipeline/maintenance-engine';

const utc = (time: string): number => Date.parse(`2026-12-27T${time}Z`);
const inventory = identifyInventory(
  inventoryFileSchema.parse({
    clusters: [
      {
        ...{
          name: 'fra-01',
          clusterIp: '10.0.0.100',
          subnetMask: '255.255.255.0',
          defaultGateway: '10.0.0.1',
        },
        edges: [{ name: 'e1', proxyIp: '10.0.0.11', managementIp: '10.0.1.11' }],
      },
    ],
  }),
  null,
);

/** An engine with a window from 10:00 to 11:00. The cluster is never read, so it is unknown: not well. */
function engineWith(changes: Partial<MaintenanceDraft>): MaintenanceEngine {
  const state = new MaintenanceState([
    {
      ...{ type: 'maintenance-planned', timeMs: utc('09:00'), recordedAtMs: utc('09:00') },
      window: {
        ...{ windowId: 'w-1', author: 'ann', purpose: 'Patches', zone: 'UTC' },
        matcher: { kind: 'rule', terms: [{ field: 'name', pattern: '*' }] },
        schedule: { kind: 'once', from: '2026-12-27T10:00', to: '2026-12-27T11:00' },
        ...{ whenClockChanges: 'keep-end', ifSomethingElseFails: 'wait', afterwards: 'alert-if-not-up' },
        ...changes,
      },
    },
  ]);
  const [cluster] = inventory.clusters;
  const row = new ClusterMonitor(cluster!, cluster!.edges);
  return new MaintenanceEngine(
    state,
    inventory,
    (rowId) => (rowId === row.id ? row : undefined),
    () => undefined,
  );
}

/** Whether alerts of the cluster, and of its edge, are held at these times. */
function held(engine: MaintenanceEngine, ...times: string[]): [cluster: boolean, edge: boolean][] {
  return times.map((time) => {
    engine.advance(utc(time));
    return [
      engine.heldAt('fra-01', null, utc(time)) !== null,
      engine.heldAt('fra-01', 'e1', utc(time)) !== null,
    ];
  });
}

it('alerts are held during a window and five minutes longer', () => {
  const engine = engineWith({});
  expect(held(engine, '09:59', '10:00', '10:59', '11:00', '11:04', '11:05')).toEqual([
    [false, false],
    [true, true],
    [true, true],
    [true, true],
    [true, true],
    [false, false],
  ]);
});

it('alerts about the cluster itself are not held by a window that lets others alert', () => {
  expect(held(engineWith({ ifSomethingElseFails: 'alert-anyway' }), '10:00')).toEqual([[false, true]]);
});

it('alerts are held until the row is well where nothing is to be done afterwards', () => {
  expect(held(engineWith({ afterwards: 'nothing' }), '10:00', '11:00', '14:00')).toEqual([
    [true, true],
    [true, true],
    [true, true],
  ]);
});

it('alerts about edges that are in no window are not held', () => {
  const engine = engineWith({ matcher: { kind: 'rule', terms: [{ field: 'edge', pattern: 'e1' }] } });
  expect(held(engine, '10:00')).toEqual([[false, true]]);
  expect(engine.heldAt('fra-01', 'e2', utc('10:00'))).toBeNull();
});
