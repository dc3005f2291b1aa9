import type { HealthPlan } from './plan';
import type { RolePlan } from './role-plan';
import type { PlannedWitness } from './planned-witness';

/** Max. kinds of agents, more than a fleet has. */
const maxKnown = 512;
const known = new Map<string, HealthPlan>();

/**
 * The plan with everything but its learned rows taken from an equal one made before: thousands of edges of one kind then share
 * one copy, and their questions are encoded once.
 */
export function sharedPlan(plan: HealthPlan): HealthPlan {
  const { learned, ...rest } = plan;
  const key = JSON.stringify([
    rest.oids,
    rest.scalars.map(({ object, columns, passedOver }) => [object.field, object.bases, columns, passedOver]),
    rest.watched,
    rest.interfaces,
    rest.interfaceUse,
    rest.addresses,
    rest.witnesses.map(({ roleOids, healthOids, learnedOids }) => [roleOids, healthOids, learnedOids]),
  ]);
  const same = known.get(key);
  if (same) return { ...same, learned };
  if (known.size < maxKnown) known.set(key, { ...plan, learned: [] });
  return plan;
}

const knownRoles = new WeakMap<readonly PlannedWitness[], Map<string, RolePlan>>();

/** The same for role plans: one for all agents that share their witnesses and learned rows. */
export function sharedRolePlan(plan: RolePlan): RolePlan {
  const { witnesses, oids, ingress, learned, identity } = plan;
  const key = JSON.stringify([oids, ingress, learned, identity]);
  const equalWitnesses = knownRoles.get(witnesses) ?? new Map<string, RolePlan>();
  knownRoles.set(witnesses, equalWitnesses);
  const same = equalWitnesses.get(key);
  if (same) return same;
  if (equalWitnesses.size < maxKnown) equalWitnesses.set(key, plan);
  return plan;
}
