import { shallowRef, watch, type Ref } from 'vue';
import type { RequestFailure } from '../../../domain/contract/contract';
import type { TimeRange } from '../../../domain/model/history';
import { failureOf, request } from '../../bridge/heron';
import { auditSubjects, type AuditRow } from './audit-rows';

/** The rows of a range: those that were watched at its end or at its beginning. Asked anew when the range changes. */
export function useAudit(range: Ref<TimeRange | null>): {
  rows: Ref<AuditRow[]>;
  loading: Ref<boolean>;
  failure: Ref<RequestFailure | null>;
} {
  const rows = shallowRef<AuditRow[]>([]);
  const loading = shallowRef(false);
  const failure = shallowRef<RequestFailure | null>(null);
  let asked = 0;

  async function load({ fromMs, toMs }: TimeRange): Promise<void> {
    const mine = (asked += 1);
    loading.value = true;
    try {
      const [first, last] = await Promise.all([
        request('history.snapshotAt', { atMs: fromMs }),
        request('history.snapshotAt', { atMs: toMs - 1 }),
      ]);
      const clusters = new Map([...first.clusters, ...last.clusters].map((row) => [row.id, row]));
      const subjects = auditSubjects([...clusters.values()]);
      const subjectIds = subjects.map(({ id }) => id);
      const found = await request('history.availability', { subjectIds, fromMs, toMs });
      if (mine !== asked) return;
      rows.value = found.flatMap((one, index) => {
        const subject = subjects[index];
        return subject ? [{ ...one, ...subject }] : [];
      });
      failure.value = null;
    } catch (thrown) {
      if (mine === asked) failure.value = failureOf(thrown, 'history.availability');
    } finally {
      if (mine === asked) loading.value = false;
    }
  }

  watch(
    range,
    (next) => {
      if (next !== null) void load(next);
    },
    { immediate: true },
  );
  return { rows, loading, failure };
}
