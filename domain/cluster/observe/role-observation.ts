import { resolveRole } from './resolve-role';
import type { RoleObservation } from './role-track';
import type { Cluster } from '../../inventory/inventory';
import type { Reading } from '../../model/reading';
import type { RoleWitness } from '../../model/role';

/** Inference's word on the LB that was read, and whether it may decide where the cluster's witness is `auto`. */
export interface TrafficSays {
  word: RoleWitness;
  mayDecide: boolean;
}

/** What a reading says about the LB's role; null when it did not ask. */
export function roleObservation(
  reading: Reading,
  wanted: NonNullable<Cluster['witness']>,
  traffic: TrafficSays | null = null,
): RoleObservation | null {
  const direct = [
    ...(reading.snmp.outcome === 'answered' ? reading.snmp.value.roles : []),
    ...(reading.http.outcome === 'answered' ? reading.http.value.roles : []),
  ];
  const asked = reading.snmp.outcome !== 'not-asked' ? reading.snmp : reading.http;
  if (asked.outcome === 'not-asked') return null;
  const decides = traffic !== null && (wanted === 'traffic' || traffic.mayDecide);
  // Why traffic tells nothing matters only where the role hangs on it.
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
  };
}
