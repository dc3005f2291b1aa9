import type { ClusterView } from '../../domain/snapshot';
import { isUnacknowledged } from '../acknowledge/ack-words';
import { isProblem } from '../format/state-words';

/** What clusters can be filtered by besides their state. All that are chosen must hold. */
export const traits = [
  { id: 'problem', words: 'Problems only', holds: ({ health }: ClusterView) => isProblem(health) },
  { id: 'unacknowledged', words: 'Unacknowledged', holds: isUnacknowledged },
  { id: 'split', words: 'Has split brain', holds: hasSplit },
  { id: 'standalone', words: 'Standalone', holds: ({ kind }: ClusterView) => kind === 'standalone' },
  { id: 'disabled', words: 'Disabled', holds: isDisabled },
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
