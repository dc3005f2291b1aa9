import { describe, expect, it } from 'vitest';
import { withMaintenance } from '../../../../domain/maintenance/shown';
import type { Reason } from '../../../../domain/model/health';
import type { MaintenanceInForce } from '../../../../domain/model/maintenance';
import type { ClusterView } from '../../../../domain/model/snapshot';
import { maintenanceLine } from '../../../../domain/words/maintenance';
import { madeCluster } from '../../../fixtures/fake-bridge/cluster';

const silent: Reason = { code: 'silent', fact: 'It does not respond.', detail: '' };

function inForce(
  edges: MaintenanceInForce['edges'] = null,
  changes: Partial<MaintenanceInForce> = {},
): MaintenanceInForce {
  return {
    ...{ windowId: 'w-1', purpose: 'Patches', author: 'ann', fromMs: 1_000, untilMs: 7_200_000, edges },
    ...{ ifSomethingElseFails: 'wait', afterwards: 'alert-if-not-up' },
    ...changes,
  };
}

/** A cluster of four edges, the second of which is down. */
function degraded(changes: Partial<ClusterView> = {}): ClusterView {
  const made = madeCluster('fra-01', 4, 5_000);
  const edges = made.edges.map((edge, index) =>
    index === 1 ? { ...edge, health: 'down' as const, reasons: [silent] } : edge,
  );
  const reasons = [{ code: 'capacity-lost', fact: 'fra-01-02 is down.', detail: '' }];
  return { ...made, edges, health: 'degraded', reasons, edgesUp: 3, ...changes };
}
const second = (view: ClusterView): MaintenanceInForce['edges'] => [
  { edgeId: view.edges[1]!.id, edgeName: view.edges[1]!.name },
];

describe('withMaintenance', () => {
  it('shows a cluster and its edges in maintenance, with what is observed behind it', () => {
    const view = withMaintenance(degraded(), [inForce()]);
    expect(view).toMatchObject({
      health: 'maintenance',
      sinceMs: 1_000,
      maintenance: { observed: 'degraded', untilMs: 7_200_000 },
      reasons: [
        { code: 'maintenance', detail: '3 of 4 edges up. Planned by ann.' },
        { code: 'capacity-lost' },
      ],
    });
    expect(view.edges.map(({ health }) => health)).toEqual([
      'maintenance',
      'maintenance',
      'maintenance',
      'maintenance',
    ]);
    expect(view.edges[1]).toMatchObject({
      maintenance: { observed: 'down' },
      reasons: [{ code: 'maintenance' }, { code: 'silent' }],
    });
    expect(maintenanceLine(view, 5_000, 'utc')).toBe('Maintenance until 02:00, 3 of 4 edges up');
  });

  it('is maintenance of a cluster whose only faults are of edges in maintenance', () => {
    const view = degraded();
    expect(withMaintenance(view, [inForce(second(view))])).toMatchObject({ health: 'maintenance' });
  });

  it('leaves a cluster as it is where something else is wrong, or one more loss cuts users off', () => {
    const view = degraded();
    const edges = [{ edgeId: view.edges[0]!.id, edgeName: 'other' }];
    expect(withMaintenance(view, [inForce(edges)]).health).toBe('degraded');
    const alone = degraded({ health: 'no-redundancy' });
    expect(withMaintenance(alone, [inForce(second(alone))])).toMatchObject({ health: 'no-redundancy' });
    const uneven = degraded({ reasons: [{ code: 'imbalance', fact: 'Uneven.', detail: '' }] });
    expect(withMaintenance(uneven, [inForce(second(uneven))]).health).toBe('degraded');
  });

  it('names the window that ends last', () => {
    const view = withMaintenance(degraded(), [
      inForce(),
      inForce(null, { windowId: 'w-2', fromMs: 3_000, untilMs: 9_000_000 }),
    ]);
    expect(view.maintenance).toMatchObject({ windowId: 'w-2', fromMs: 1_000, untilMs: 9_000_000 });
  });

  it('changes nothing about what is disabled, or without a window', () => {
    const view = degraded();
    expect(withMaintenance(view, [])).toBe(view);
    expect(withMaintenance(degraded({ health: 'disabled' }), [inForce()]).health).toBe('disabled');
  });
});
