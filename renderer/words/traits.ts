import { isProblem } from '../../domain/model/health';
import type { ClusterView } from '../../domain/model/snapshot';
import { isUnacknowledged } from '../../domain/words/acknowledgements';

/** Filters besides the state. A cluster must have all that are on. */
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
  { id: 'split', words: 'Has split brain', tip: 'Two or more LBs are MASTER.', holds: hasSplit },
  {
    id: 'standalone',
    words: 'Standalone',
    tip: 'Edges that belong to no cluster and cannot fail over.',
    holds: ({ kind }: ClusterView) => kind === 'standalone',
  },
  {
    id: 'disabled',
    words: 'Has disabled',
    tip: 'Disabled in the inventory, or has a disabled edge, which is not monitored.',
    holds: isDisabled,
  },
] as const;

export type TraitId = (typeof traits)[number]['id'];

/** More than one LB is active, even before it counts as a split brain. */
function hasSplit({ health, activeLb }: ClusterView): boolean {
  return health === 'split-brain' || activeLb.kind === 'several';
}

/** The cluster or one of its edges is disabled. */
function isDisabled({ status, edges }: ClusterView): boolean {
  return status === 'disabled' || edges.some(({ health }) => health === 'disabled');
}
