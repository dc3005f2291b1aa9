import type { ClusterView } from '../../domain/model/snapshot';
import { isUnacknowledged } from './acknowledgements';
import { isProblem } from './states';

/** What clusters can be filtered by besides their state. All that are chosen must hold. */
export const traits = [
  {
    id: 'problem',
    words: 'Problems only',
    tip: 'Whatever is not up, in maintenance or disabled.',
    holds: ({ health }: ClusterView) => isProblem(health),
  },
  {
    id: 'unacknowledged',
    words: 'Unacknowledged',
    tip: 'Problems that nobody has taken. Press a on one to take it.',
    holds: isUnacknowledged,
  },
  { id: 'split', words: 'Has split brain', tip: 'Two or more LBs are MASTER.', holds: hasSplit },
  {
    id: 'standalone',
    words: 'Standalone',
    tip: 'Edges without a cluster: they cannot fail over.',
    holds: ({ kind }: ClusterView) => kind === 'standalone',
  },
  {
    id: 'disabled',
    words: 'Has disabled',
    tip: 'The row or one of its edges is disabled in the inventory, so not watched.',
    holds: isDisabled,
  },
] as const;

export type TraitId = (typeof traits)[number]['id'];

/** Two LBs are active, whatever state that makes of the cluster. */
function hasSplit({ health, activeLb }: ClusterView): boolean {
  return health === 'split-brain' || activeLb.kind === 'several';
}

/** The row itself, or one of its edges, is not watched on purpose. */
function isDisabled({ status, edges }: ClusterView): boolean {
  return status === 'disabled' || edges.some(({ health }) => health === 'disabled');
}
