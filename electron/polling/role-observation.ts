import { resolveRole } from '../../domain/detection/resolve-role';
import type { RoleObservation } from '../../domain/detection/role-track';
import type { Cluster } from '../../domain/inventory/inventory';
import type { Reading } from '../../domain/reading';

/** What a reading says about the LB's role; null when it did not ask. */
export function roleObservation(
  reading: Reading,
  witness: NonNullable<Cluster['witness']>,
): RoleObservation | null {
  const words = [
    ...(reading.snmp.outcome === 'answered' ? reading.snmp.value.roles : []),
    ...(reading.http.outcome === 'answered' ? reading.http.value.roles : []),
  ];
  const asked = reading.snmp.outcome !== 'not-asked' ? reading.snmp : reading.http;
  if (asked.outcome === 'not-asked') return null;
  const resolved = resolveRole(words, witness);
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
