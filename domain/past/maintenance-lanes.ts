import { standaloneRowId } from '../inventory/inventory';
import { timesOf, type MaintenanceTime } from '../maintenance/recorded';
import type { StateLane } from '../model/state-lane';
import type { TimeRange } from '../model/history';
import { covering, overlay, type Stretch } from './overlay';

/**
 * Lanes with maintenance in place of what was observed, of clusters and edges. What is disabled stays so. `times`: of maintenance by row;
 * `clusterOfEdge`: null for a standalone edge.
 */
export function withMaintenanceTimes(
  lanes: readonly StateLane[],
  range: TimeRange,
  times: ReadonlyMap<string, readonly MaintenanceTime[]>,
  clusterOfEdge: (edgeId: string) => string | null,
): StateLane[] {
  if (times.size === 0) return [...lanes];
  return lanes.map((lane) => {
    const { kind, subjectId } = lane;
    if (kind === 'lb-role') return lane;
    const isEdge = kind === 'edge-health';
    const rowId = isEdge ? (clusterOfEdge(subjectId) ?? standaloneRowId({ id: subjectId })) : subjectId;
    const own = timesOf(times.get(rowId) ?? [], isEdge ? subjectId : null);
    return own.length === 0 ? lane : overlaid(lane, range, own);
  });
}

function overlaid(lane: StateLane, range: TimeRange, times: readonly MaintenanceTime[]): StateLane {
  const planned = covering(range, times, 'maintenance');
  const made: StateLane = { kind: lane.kind, subjectId: lane.subjectId, states: [], fromMs: [], toMs: [] };
  for (const [index, state] of lane.states.entries()) {
    const fromMs = lane.fromMs[index] ?? 0;
    const endMs = lane.toMs[index] ?? null;
    // Of a state that lasts nothing is known beyond the range.
    const whole: Stretch<string> = { fromMs, toMs: endMs ?? Math.max(range.toMs, fromMs + 1), value: state };
    const above = state === 'disabled' ? [] : within(whole, planned);
    for (const part of overlay([whole], above)) {
      made.states.push(part.value);
      made.fromMs.push(part.fromMs);
      made.toMs.push(endMs === null && part.toMs === whole.toMs ? null : part.toMs);
    }
  }
  return made;
}

function within({ fromMs, toMs }: TimeRange, times: readonly Stretch<string>[]): Stretch<string>[] {
  return times
    .map((time) => ({ ...time, fromMs: Math.max(time.fromMs, fromMs), toMs: Math.min(time.toMs, toMs) }))
    .filter((time) => time.toMs > time.fromMs);
}
