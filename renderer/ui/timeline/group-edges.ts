import { healthSchema } from '../../../domain/model/health';
import type { TimeRange } from '../../../domain/model/history';
import { lbRoleSchema } from '../../../domain/model/role';
import type { StateLane } from '../../../domain/model/state-lane';
import { roleWords } from '../../../domain/words/roles';
import { stateWords } from '../../words/states';
import { laneKey } from './timeline-data';

interface NamedEdge {
  id: string;
  name: string;
}

/** The name of a lane that several edges share, because none of them changed. */
export function groupName(edges: readonly NamedEdge[], state: string, hasOthers: boolean): string {
  const [first] = edges;
  if (first && edges.length === 1) return first.name;
  return `${edges.length} ${hasOthers ? 'others' : 'edges'}, ${state}`;
}

/** Edges whose state changes in the range (or which are always shown), and the others by the state they keep. */
export function groupEdges<Edge extends NamedEdge>(
  kind: 'role' | 'health',
  edges: readonly Edge[],
  always: readonly string[],
  lanesBy: ReadonlyMap<string, StateLane>,
  range: TimeRange,
): { own: Edge[]; others: { state: string; edges: Edge[] }[] } {
  const own: Edge[] = [];
  const byState = new Map<string, Edge[]>();
  for (const edge of edges) {
    const lane = lanesBy.get(laneKey(kind === 'role' ? 'lb-role' : 'edge-health', edge.id));
    const states = lane === undefined ? [] : statesIn(lane, range);
    if (states.length > 1 || always.includes(edge.id)) own.push(edge);
    else {
      const words = stateName(kind, states[0] ?? 'unknown');
      byState.set(words, [...(byState.get(words) ?? []), edge]);
    }
  }
  own.sort((a, b) => place(always, a.id) - place(always, b.id));
  return { own, others: [...byState].map(([state, same]) => ({ state, edges: same })) };
}

function place(always: readonly string[], id: string): number {
  const index = always.indexOf(id);
  return index < 0 ? always.length : index;
}

function statesIn(lane: StateLane, { fromMs, toMs }: TimeRange): string[] {
  return lane.states.filter(
    (_, index) => (lane.fromMs[index] ?? 0) < toMs && (lane.toMs[index] ?? Infinity) > fromMs,
  );
}

function stateName(kind: 'role' | 'health', state: string): string {
  if (kind === 'role') return roleWords[lbRoleSchema.catch('unknown').parse(state)];
  return stateWords[healthSchema.catch('unknown').parse(state)].word;
}
