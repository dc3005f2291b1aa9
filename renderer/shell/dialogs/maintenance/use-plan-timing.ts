import { computed, type Ref } from 'vue';
import { scheduleFault } from '../../../../domain/maintenance/draft-faults';
import { hintsOf } from '../../../../domain/maintenance/hints';
import { matchesEverything, matchRows } from '../../../../domain/maintenance/match';
import { nextOccurrences } from '../../../../domain/maintenance/occurrences';
import { duration } from '../../../../domain/words/duration';
import { useViewStore } from '../../../state/fleet/view';
import { useAlertsStore } from '../../../state/live/alerts';
import { draftOf, type PlanForm } from './plan-form';

/** What a plan that is being entered means now: what it matches, when it takes place, and what to consider. */
export function usePlanTiming(
  form: Ref<PlanForm>,
  nowMs: Ref<number>,
  others: () => Parameters<typeof hintsOf>[0]['others'],
) {
  const view = useViewStore();
  const alerts = useAlertsStore();
  const read = computed(() => draftOf(form.value));
  const draft = computed(() => ('draft' in read.value ? read.value.draft : null));
  /** Times are shown as soon as they are known, whatever else is missing. */
  const timing = computed(() => {
    const known = draftOf({ ...form.value, purpose: form.value.purpose || '-' });
    return 'draft' in known ? known.draft : null;
  });
  const fault = computed(() => timing.value && scheduleFault(timing.value, nowMs.value));
  const next = computed(() =>
    timing.value && !fault.value ? nextOccurrences(timing.value, nowMs.value, 5) : [],
  );
  const length = computed(() => (next.value[0] ? duration(next.value[0].plannedMs) : ''));
  const matched = computed(() => matchRows(form.value.matcher, view.clusters));
  const isEverything = computed(() => matchesEverything(form.value.matcher, view.clusters));
  const hints = computed(() =>
    hintsOf({
      draft: form.value,
      rows: view.clusters,
      next: next.value,
      others: others(),
      alerts: alerts.live?.alerts ?? [],
      nowMs: nowMs.value,
    }),
  );
  return { read, draft, timing, fault, next, length, matched, isEverything, hints };
}
