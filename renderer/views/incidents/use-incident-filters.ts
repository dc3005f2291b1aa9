import { computed, ref, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { IncidentFilter } from '../../../domain/incidents/incident-filter';
import type { IncidentKind } from '../../../domain/model/incident';
import { parseMoment } from '../../../domain/calendar/parse-moment';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useFiltersStore } from '../../state/fleet/filters';
import { useViewStore } from '../../state/fleet/view';

/** Filters of the incidents. Those that the palette leads to are in the address. */
export function useIncidentFilters() {
  const view = useViewStore();
  const filters = useFiltersStore();
  const kinds = ref<readonly IncidentKind[]>([]);
  const openOnly = ref(false);
  const preferences = usePreferencesStore();
  const cutOffOnly = useLinkedSwitch('cutOff');
  const sinceEvening = useLinkedSwitch('sinceEvening');
  const router = useRouter();
  const route = useRoute();
  /** Only incidents that were not over by then, UTC milliseconds; null: all. */
  const sinceMs = computed(() => {
    if (!sinceEvening.value) return null;
    const moment = parseMoment('yesterday 18:00', preferences.zone, view.atMs);
    return moment.kind === 'at' ? moment.atMs : moment.kind === 'twice' ? moment.atMs[0] : null;
  });

  const filter = computed((): IncidentFilter => ({
    kinds: [...kinds.value],
    openOnly: openOnly.value,
    cutOffOnly: cutOffOnly.value,
    terms: filters.terms.map((term) => term.toLowerCase()),
  }));

  function reset(): void {
    kinds.value = [];
    openOnly.value = false;
    filters.clear();
    const { cutOff: _cutOff, sinceEvening: _since, ...others } = route.query;
    void router.replace({ query: others });
  }

  return { kinds, openOnly, cutOffOnly, sinceEvening, sinceMs, filter, reset };
}

function useLinkedSwitch(name: string): WritableComputedRef<boolean> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => route.query[name] === '1',
    set: (on) => {
      const { [name]: _before, ...others } = route.query;
      void router.replace({ query: on ? { ...others, [name]: '1' } : others });
    },
  });
}
