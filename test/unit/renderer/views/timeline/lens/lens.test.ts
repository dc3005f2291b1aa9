import { describe, expect, it } from 'vitest';
import { stateLanesOf } from '../../../../../../domain/model/state-lane';
import type { RecordedEvent } from '../../../../../../domain/model/event';
import { lensHeightPx, lensOn, lensRange } from '../../../../../../renderer/views/timeline/lens/lens';
import { laneAt, lanesOf } from '../../../../../../renderer/ui/timeline/lanes';
import { laneKey, noData } from '../../../../../../renderer/ui/timeline/timeline-data';
import { fleetInAllStates } from '../../../../../fixtures/fake-bridge/fleet';
import { madeHistory } from '../../../../../fixtures/fake-bridge/events';

const nowMs = Date.UTC(2026, 10, 22, 12);
const fleet = fleetInAllStates(nowMs);
const halfAnHour = { fromMs: nowMs - 1_800_000, toMs: nowMs };

function failover() {
  const found = madeHistory(nowMs).find(({ event }) => event.type === 'failover');
  if (found?.event.type !== 'failover') throw new Error('the made history has no failover');
  const { event } = found;
  const cluster = fleet.find(({ id }) => id === event.clusterId);
  if (!cluster) throw new Error('its cluster is not in the fleet');
  return { recorded: found, event, cluster };
}

describe('a lens on an event', () => {
  it('has its bracket in it, with several times as much around', () => {
    const { recorded, event } = failover();
    const range = lensRange(recorded);
    if (range === null) throw new Error('a failover has a lens');
    expect(range.fromMs).toBeLessThan(event.bracket.lastOldMs);
    expect(range.toMs).toBeGreaterThan(event.bracket.firstNewMs);
    expect(range.toMs - range.fromMs).toBeGreaterThanOrEqual(18_000);
    const wide = { ...event, bracket: { lastOldMs: nowMs - 60_000, firstNewMs: nowMs } };
    const wider = lensRange({ id: 1, event: wide });
    expect((wider?.toMs ?? 0) - (wider?.fromMs ?? 0)).toBe(480_000);
  });

  it('is not there where the picture shows the event, or where there is no cluster', () => {
    const { recorded, event, cluster } = failover();
    const near = { fromMs: event.timeMs - 10_000, toMs: event.timeMs + 10_000 };
    expect(lensOn(recorded, near, cluster, noData)).toBeNull();
    expect(lensOn(recorded, halfAnHour, undefined, noData)).toBeNull();
    const start: RecordedEvent = {
      id: 2,
      event: { type: 'start', timeMs: nowMs, recordedAtMs: nowMs, version: '1', clusters: 1, edges: 2 },
    };
    expect(lensOn(start, halfAnHour, cluster, noData)).toBeNull();
  });

  it('shows both LBs of a move and what changed, and the others by the state they kept; none is left out', () => {
    const { recorded, event, cluster } = failover();
    const changing = cluster.edges.find(({ id }) => id !== event.fromEdgeId && id !== event.toEdgeId);
    if (!changing) throw new Error('the cluster has two edges only');
    const lanes = stateLanesOf(
      cluster.edges.flatMap(({ id }) => {
        const turnMs = id === changing.id ? event.timeMs : null;
        const span = { kind: 'lb-role' as const, subjectId: id, state: 'backup', fromMs: 0 };
        return turnMs === null
          ? [{ ...span, toMs: null }]
          : [
              { ...span, toMs: turnMs },
              { ...span, state: 'unknown', fromMs: turnMs, toMs: null },
            ];
      }),
    );
    const byKey = new Map(lanes.map((lane) => [laneKey(lane.kind, lane.subjectId), lane]));
    const lens = lensOn(recorded, halfAnHour, cluster, {
      lanesBy: byKey,
      outages: [],
      subjectIds: new Set(cluster.edges.map(({ id }) => id)),
    });
    const roles = (lens?.lanes ?? []).filter(({ kind }) => kind === 'role');
    expect(roles.slice(0, 2).map(({ name }) => name)).toEqual([event.fromEdgeName, event.toEdgeName]);
    expect(roles[2]?.name).toBe(changing.name);
    expect(roles[3]?.name).toBe(`${cluster.edges.length - 3} others, BACKUP`);
    expect(lens?.lanes.some(({ kind }) => kind === 'cut-off')).toBe(true);
  });

  it('has no lane for an edge that was not read yet, but for the LBs of the move', () => {
    const { recorded, event, cluster } = failover();
    const lens = lensOn(recorded, halfAnHour, cluster, noData);
    const names = (lens?.lanes ?? []).filter(({ kind }) => kind === 'role').map(({ name }) => name);
    expect(names).toEqual([event.fromEdgeName, event.toEdgeName]);
  });

  it('takes the room below its lane, and the lanes after it follow', () => {
    const { recorded, cluster } = failover();
    const lens = lensOn(recorded, halfAnHour, cluster, noData);
    if (lens === null) throw new Error('no lens');
    const heightPx = lensHeightPx(lens);
    const lanes = lanesOf(fleet, new Set(), { clusterId: cluster.id, heightPx });
    const place = lanes.findIndex(({ kind }) => kind === 'lens');
    expect(lanes[place - 1]?.clusterId).toBe(cluster.id);
    expect(lanes[place]?.heightPx).toBe(heightPx);
    expect(laneAt(lanes, (lanes[place]?.topPx ?? 0) + heightPx)?.key).toBe(lanes[place + 1]?.key);
  });
});
