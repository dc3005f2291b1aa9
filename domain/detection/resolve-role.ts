import type { LbRole, RoleWitness, WitnessKind } from '../role';
import { witnessKinds } from '../role';

/** What the witnesses say together. They are never averaged: the best one's word counts, and disagreement is kept. */
export interface ResolvedRole {
  role: LbRole;
  by: WitnessKind | null;
  agree: boolean;
  /** How old the word may be, milliseconds. */
  maxAgeMs: number;
}

/** Below this confidence, traffic inference is shown but decides nothing. */
const enoughConfidence = 0.8;

/**
 * Picks the role from the witnesses' words: the configured witness's, or with `auto` the freshest, of equally fresh ones
 * the best kind's (order of `witnessKinds`). An LB with several groups (VHIDs) is master if any of them is.
 */
export function resolveRole(witnesses: readonly RoleWitness[], wanted: WitnessKind | 'auto'): ResolvedRole {
  const words = witnesses.filter(
    (word) =>
      word.role !== 'unknown' && word.confidence >= enoughConfidence && word.role !== 'not-applicable',
  );
  const by =
    wanted === 'auto' ? freshest(words) : words.some((word) => word.witness === wanted) ? wanted : null;
  if (by === null) return { role: 'unknown', by: null, agree: true, maxAgeMs: 0 };
  const own = words.filter((word) => word.witness === by);
  const role = strongest(own.map((word) => word.role));
  const agree = witnessKinds.every((kind) => {
    const others = words.filter((word) => word.witness === kind);
    return (
      others.length === 0 || (strongest(others.map((word) => word.role)) === 'master') === (role === 'master')
    );
  });
  return { role, by, agree, maxAgeMs: Math.max(...own.map((word) => word.maxAgeMs)) };
}

/** The kind whose word is least old; of equals the better kind. Inference decides only where nobody says it outright. */
function freshest(words: readonly RoleWitness[]): WitnessKind | null {
  const direct = words.filter((word) => word.witness !== 'traffic');
  const ranked = (direct.length > 0 ? direct : words).toSorted(
    (a, b) => a.maxAgeMs - b.maxAgeMs || witnessKinds.indexOf(a.witness) - witnessKinds.indexOf(b.witness),
  );
  return ranked[0]?.witness ?? null;
}

const strength: LbRole[] = ['master', 'backup', 'fault', 'init'];

function strongest(roles: LbRole[]): LbRole {
  return strength.find((role) => roles.includes(role)) ?? 'unknown';
}
