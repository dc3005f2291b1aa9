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
 * Picks the role from the witnesses' words: the configured witness's, or with `auto` the best kind's that has a word
 * (order of `witnessKinds`). An LB with several groups (VHIDs) is master if any of them is.
 */
export function resolveRole(witnesses: readonly RoleWitness[], wanted: WitnessKind | 'auto'): ResolvedRole {
  const words = witnesses.filter(
    (word) =>
      word.role !== 'unknown' && word.confidence >= enoughConfidence && word.role !== 'not-applicable',
  );
  const kinds = wanted === 'auto' ? witnessKinds : [wanted];
  const by = kinds.find((kind) => words.some((word) => word.witness === kind)) ?? null;
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

const strength: LbRole[] = ['master', 'backup', 'fault', 'init'];

function strongest(roles: LbRole[]): LbRole {
  return strength.find((role) => roles.includes(role)) ?? 'unknown';
}
