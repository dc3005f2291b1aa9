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
): RoleObservation | null {
  const direct = [
    ...(reading.snmp.outcome === 'answered' ? reading.snmp.value.roles : []),
    ...(reading.http.outcome === 'answered' ? reading.http.value.roles : []),
  ];
  const asked = reading.snmp.outcome !== 'not-asked' ? reading.snmp : reading.http;
  if (asked.outcome === 'not-asked') return null;
  const decides = traffic !== null && (wanted === 'traffic' || traffic.mayDecide);
  // Why traffic shows no role matters only where the role depends on it.
  const shown = traffic && (traffic.word.role !== 'unknown' || (decides && direct.length === 0));
  const words = shown ? [...direct, traffic.word] : direct;
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

/** Whether the answer lacks the witness that decided the role before, because the process behind it stopped reporting. */
function isSourceLost({ snmp }: Reading, wanted: NonNullable<Cluster['witness']>): boolean {
  if (snmp.outcome !== 'answered') return false;
  const lost = snmp.value.lostWitnesses ?? [];
  return wanted === 'auto' ? lost.length > 0 : lost.some((kind) => kind === wanted);
}
