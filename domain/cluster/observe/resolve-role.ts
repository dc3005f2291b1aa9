import type { LbRole, RoleWitness, WitnessKind } from '../../model/role';
import { witnessKinds } from '../../model/role';
import { thresholds } from '../../model/thresholds';

/** The role that the witnesses report. They are never averaged: the best one counts; see disagreement.ts. */
export interface ResolvedRole {
  role: LbRole;
  by: WitnessKind | null;
  /** How old the report may be, milliseconds. */
  maxAgeMs: number;
}

/**
 * Selects the role from the witnesses' reports: that of the configured witness, or with `auto` that of the freshest, of equally fresh
 * ones the best kind (order of `witnessKinds`). An LB with several groups (VHIDs) is master if any of them is.
 */
export function resolveRole(witnesses: readonly RoleWitness[], wanted: WitnessKind | 'auto'): ResolvedRole {
  const [only] = witnesses;
  if (only && witnesses.length === 1) return resolveOne(only, wanted);
  const words = witnesses.filter(isUsable);
  const by =
    wanted === 'auto' ? freshest(words) : words.some((word) => word.witness === wanted) ? wanted : null;
  if (by === null) return { role: 'unknown', by: null, maxAgeMs: 0 };
  const own = words.filter((word) => word.witness === by);
  return { role: roleReportedBy(words, by), by, maxAgeMs: Math.max(...own.map((word) => word.maxAgeMs)) };
}

function resolveOne(word: RoleWitness, wanted: WitnessKind | 'auto'): ResolvedRole {
  const counts = isUsable(word) && (wanted === 'auto' || wanted === word.witness);
  return counts
    ? { role: word.role, by: word.witness, maxAgeMs: word.maxAgeMs }
    : { role: 'unknown', by: null, maxAgeMs: 0 };
}

/** Whether it reports a role with enough confidence: what is inferred with less is shown, and decides nothing. */
export function isUsable(word: RoleWitness): boolean {
  const hasRole = word.role !== 'unknown' && word.role !== 'not-applicable';
  return hasRole && word.confidence >= thresholds.enoughConfidence;
}

/** The role that one kind of witness reports for an LB, which may have several groups. */
export function roleReportedBy(words: readonly RoleWitness[], kind: WitnessKind): LbRole {
  return strongest(words.filter(({ witness }) => witness === kind).map(({ role }) => role));
}

/** The kind with the most recent report; of equals the better kind. Traffic counts only where no witness reports directly. */
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
