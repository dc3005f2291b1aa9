import { computed, type Ref } from 'vue';
import type { TimeRange } from '../../../domain/model/history';
import { request } from '../../bridge/heron';
import { useBridgeQuery } from '../../bridge/use-query';
import { auditSubjects, type AuditRow } from './audit-rows';

/** The availability of what was monitored at the beginning or the end of a range. */
export function useAudit(range: Ref<TimeRange | null>) {
  const { data, loading, failure } = useBridgeQuery({
    request: 'history.availability',
    name: 'audit rows',
    args: () => range.value,
    fetch: readAuditRows,
  });
  return { rows: computed(() => data.value ?? []), loading, failure };
}

async function readAuditRows({ fromMs, toMs }: TimeRange): Promise<AuditRow[]> {
  const [first, last] = await Promise.all([
    request('history.snapshotAt', { atMs: fromMs }),
    request('history.snapshotAt', { atMs: toMs - 1 }),
  ]);
  const clusters = new Map([...first.clusters, ...last.clusters].map((row) => [row.id, row]));
  const subjects = auditSubjects([...clusters.values()]);
  const subjectIds = subjects.map(({ id }) => id);
  const found = await request('history.availability', { subjectIds, fromMs, toMs });
  return found.flatMap((one, index) => {
    const subject = subjects[index];
    return subject ? [{ ...one, ...subject }] : [];
  });
}
