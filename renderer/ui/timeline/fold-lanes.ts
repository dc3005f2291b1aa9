import type { TimeRange } from '../../../domain/model/history';
import type { StateLane } from '../../../domain/model/state-lane';
import { groupEdges, groupName } from './group-edges';
import { placedLanes, type Lane } from './lanes';

/**
 * The lanes of a range, in which the LBs of a cluster that kept one role, and its edges that kept one state, share a lane for each of
 * these. Lanes that changed stay as they are, above them.
 */
export function foldUnchanged(
  lanes: readonly Lane[],
  lanesBy: ReadonlyMap<string, StateLane>,
  range: TimeRange,
): Lane[] {
  const folded: Lane[] = [];
  for (let at = 0; at < lanes.length;) {
    const first = lanes[at];
    if (!first) break;
    const { kind, clusterId } = first;
    if (kind !== 'role' && kind !== 'health') {
      folded.push(first);
      at += 1;
      continue;
    }
    const after = lanes.findIndex(
      (lane, index) => index > at && (lane.kind !== kind || lane.clusterId !== clusterId),
    );
    const run = lanes.slice(at, after < 0 ? lanes.length : after);
    folded.push(...foldedRun(kind, run, lanesBy, range));
    at += run.length;
  }
  return placedLanes(folded);
}

function foldedRun(
  kind: 'role' | 'health',
  run: readonly Lane[],
  lanesBy: ReadonlyMap<string, StateLane>,
  range: TimeRange,
): Lane[] {
  const edges = run.map((lane) => ({ id: lane.subjectId ?? '', name: lane.name, lane }));
  const { own, others } = groupEdges(kind, edges, [], lanesBy, range);
  const shared = others.flatMap(({ state, edges: same }) => {
    const [one] = same;
    return one ? [{ ...one.lane, name: groupName(same, state, own.length > 0) }] : [];
  });
  return [...own.map(({ lane }) => lane), ...shared];
}
