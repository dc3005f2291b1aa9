import type { RoleWitness, WitnessKind } from '../../../domain/model/role';
import type { Varbind } from '../codec/varbind';

export type Values = Pick<ReadonlyMap<string, Varbind>, 'get'>;

/** A witness the agent offers, with its exact instances. */
export interface PlannedWitness {
  kind: WitnessKind;
  /** Its rows are there only while the LB's process runs: without them it has stopped, or lost its connection to the agent. */
  isProcess: boolean;
  /** The objects of a role poll. */
  roleOids: string[];
  /** Those of them that say which group a row is about, where rows may be numbered anew. */
  identityOids: string[];
  /** The objects of a health poll: the role, and what changes with it (CARP's demotion raises advskew). */
  healthOids: string[];
  /** The objects whose value from the walk is retained. */
  learnedOids: string[];
  read: (values: Values, unreadable: (reason: string) => void) => readonly RoleWitness[];
}
