import { describe, expect, it } from 'vitest';
import { stateLanesOf } from '../../../../../domain/model/state-lane';
import { foldUnchanged } from '../../../../../renderer/ui/timeline/fold-lanes';
import { lanesHeight, lanesOf } from '../../../../../renderer/ui/timeline/lanes';
import { laneKey } from '../../../../../renderer/ui/timeline/timeline-data';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';

const range = { fromMs: 1_000, toMs: 2_000 };
const cluster = fleetInAllStates(2_000).find(({ kind, edges }) => kind === 'cluster' && edges.length >= 4);
if (!cluster) throw new Error('the fleet has no cluster of four edges');

/** The lanes of the cluster, in which only `changed` gives the role away; everybody is up. */
function folded(changed: string | null) {
  if (!cluster) throw new Error('no cluster');
  const states = cluster.edges.flatMap(({ id }) => {
    const role = { kind: 'lb-role' as const, subjectId: id };
    const roles =
      id === changed
        ? [
            { ...role, state: 'master', fromMs: 0, toMs: 1_500 },
            { ...role, state: 'init', fromMs: 1_500, toMs: null },
          ]
        : [{ ...role, state: 'backup', fromMs: 0, toMs: null }];
    return [...roles, { kind: 'edge-health' as const, subjectId: id, state: 'up', fromMs: 0, toMs: null }];
  });
  const lanesBy = new Map(stateLanesOf(states).map((lane) => [laneKey(lane.kind, lane.subjectId), lane]));
  return foldUnchanged(lanesOf([cluster], new Set([cluster.id])), lanesBy, range);
}

describe('lanes of which some never changed', () => {
  it('share one lane for each state; one that changed keeps its own, above them', () => {
    const [, , third] = cluster.edges;
    const lanes = folded(third?.id ?? null);
    const count = cluster.edges.length;
    expect(lanes.filter(({ kind }) => kind === 'role').map(({ name }) => name)).toEqual([
      third?.name,
      `${count - 1} others, BACKUP`,
    ]);
    expect(lanes.filter(({ kind }) => kind === 'health').map(({ name }) => name)).toEqual([
      `${count} edges, Up`,
    ]);
  });

  it('stand directly below each other, with the other lanes where they were in order', () => {
    const lanes = folded(null);
    expect(lanes.map(({ kind }) => kind)).toEqual([
      'cluster',
      'heading',
      'role',
      'cut-off',
      'heading',
      'health',
    ]);
    for (const [index, lane] of lanes.entries()) expect(lane.topPx).toBe(lanesHeight(lanes.slice(0, index)));
  });
});
