import type { HealthPlan } from './plan';
import type { RolePlan } from './role-plan';
import type { PlannedWitness } from './witness-plan';

/** Kinds of agents, each with its own rows: more than a fleet has. */
const maxKnown = 512;
const known = new Map<string, HealthPlan>();

/**
 * The plan with everything but its learned rows taken from an earlier equal one: thousands of edges of one kind then share
 * one copy, and their questions are encoded once.
 */
export function sharedPlan(plan: HealthPlan): HealthPlan {
  const { learned, ...rest } = plan;
  const key = JSON.stringify([
    rest.oids,
    rest.scalars.map(({ object, columns }) => [object.field, object.bases, columns]),
    rest.watched,
    rest.interfaces,
    rest.interfaceUse,
    rest.witnesses.map(({ roleOids, healthOids, learnedOids }) => [roleOids, healthOids, learnedOids]),
  ]);
  const same = known.get(key);
  if (same) return { ...same, learned };
  if (known.size < maxKnown) known.set(key, { ...plan, learned: [] });
  return plan;
}

const knownRoles = new WeakMap<readonly PlannedWitness[], Map<string, RolePlan>>();

/** The same for role plans: one for all agents that share their witnesses and learned the same of them. */
export function sharedRolePlan(plan: RolePlan): RolePlan {
  const { witnesses, oids, ingress, learned } = plan;
  const key = JSON.stringify([oids, ingress, learned]);
  const alike = knownRoles.get(witnesses) ?? new Map<string, RolePlan>();
  knownRoles.set(witnesses, alike);
  const same = alike.get(key);
  if (same) return same;
  if (alike.size < maxKnown) alike.set(key, plan);
  return plan;
}
