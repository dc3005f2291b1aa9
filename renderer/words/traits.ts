import { isProblem } from '../../domain/model/health';
import type { ClusterView } from '../../domain/model/snapshot';
import { isUnacknowledged } from '../../domain/words/acknowledgements';

/** Filters besides the state, none of which repeats one. A cluster must have all that are on. */
export const traits = [
  {
    id: 'problem',
    words: 'Problems only',
    tip: 'Everything that is not up, in maintenance or disabled.',
    holds: ({ health }: ClusterView) => isProblem(health),
  },
  {
    id: 'unacknowledged',
    words: 'Unacknowledged',
    tip: 'Problems and past outages not acknowledged yet. Press a to acknowledge the selected one.',
    holds: isUnacknowledged,
  },
  {
    id: 'standalone',
    words: 'Standalone',
    tip: 'Edges that belong to no cluster and cannot fail over.',
    holds: ({ kind }: ClusterView) => kind === 'standalone',
  },
  {
    id: 'disabled-edges',
    words: 'With disabled edges',
    tip: 'Monitored clusters with an edge that is disabled in the inventory.',
    holds: hasDisabledEdges,
  },
] as const;

export type TraitId = (typeof traits)[number]['id'];

/** A cluster that is disabled itself is counted by its state. */
function hasDisabledEdges({ health, edges }: ClusterView): boolean {
  return health !== 'disabled' && edges.some((edge) => edge.health === 'disabled');
}
