import { resolveRole } from './resolve-role';
import type { RoleObservation } from './role-track';
import type { Cluster } from '../../inventory/inventory';
import type { Reading } from '../../model/reading';
import type { RoleWitness } from '../../model/role';

/** The role inferred from traffic, and whether it may decide where the cluster's witness is `auto`. */
export interface InferredRole {
  word: RoleWitness;
  mayDecide: boolean;
}

/** The observation of the LB's role in a reading; null when the poll did not include it. */
export function roleObservation(
  reading: Reading,
  wanted: NonNullable<Cluster['witness']>,
  traffic: InferredRole | null = null,
  direct: readonly RoleWitness[] = directReports(reading),
): RoleObservation | null {
  const asked = reading.snmp.outcome !== 'not-asked' ? reading.snmp : reading.http;
  if (asked.outcome === 'not-asked') return null;
  const decides = traffic !== null && (wanted === 'traffic' || traffic.mayDecide);
  // Why traffic shows no role matters only where the role depends on it.
  const shown = traffic && (traffic.word.role !== 'unknown' || (decides && direct.length === 0));
  const words = shown ? [...direct, traffic.word] : [...direct];
  const resolved = resolveRole(decides ? words : direct, wanted);
  return {
    fromMs: reading.startedAtMs - resolved.maxAgeMs,
    toMs: reading.finishedAtMs,
    fromMonotonicMs: reading.startedMonotonicMs - resolved.maxAgeMs,
    toMonotonicMs: reading.finishedMonotonicMs,
    silent: asked.outcome === 'unreachable' && resolved.role === 'unknown',
    role: resolved.role,
    witnesses: words,
    ...(resolved.role === 'unknown' && isSourceLost(reading, wanted) ? { isSourceLost: true } : {}),
  };
}

/** What a reading's sources report of the LB's role themselves, of all its groups. */
export function directReports({ snmp, http }: Reading): readonly RoleWitness[] {
  const ofAgent = snmp.outcome === 'answered' ? snmp.value.roles : [];
  if (http.outcome !== 'answered' || http.value.roles.length === 0) return ofAgent;
  return [...ofAgent, ...http.value.roles];
}

/** Whether the answer lacks the witness that decided the role before, because the process behind it stopped reporting. */
function isSourceLost({ snmp }: Reading, wanted: NonNullable<Cluster['witness']>): boolean {
  if (snmp.outcome !== 'answered') return false;
  const lost = snmp.value.lostWitnesses ?? [];
  return wanted === 'auto' ? lost.length > 0 : lost.some((kind) => kind === wanted);
}
