import { computed, ref } from 'vue';
import { healthStates, isProblem, type Health } from '../../../domain/model/health';
import { useFiltersStore } from '../../state/fleet/filters';
import { useViewStore } from '../../state/fleet/view';
import { edgeMatches, edgeRows } from './edge-row';

/** The edges table's rows and filters: states and standalone are its own, the search is the window's. */
export function useEdgeFilter() {
  const view = useViewStore();
  const filters = useFiltersStore();
  const states = ref<readonly Health[]>([]);
  const standaloneOnly = ref(false);

  const all = computed(() => edgeRows(view.clusters));
  const stateCounts = computed(() =>
    healthStates.flatMap((health) => {
      const count = all.value.filter(({ edge }) => edge.health === health).length;
      return count > 0 || states.value.includes(health) ? [{ health, count }] : [];
    }),
  );
  const standaloneCount = computed(() => all.value.filter(({ cluster }) => cluster === null).length);
  const shown = computed(() =>
    all.value.filter(
      (row) =>
        (states.value.length === 0 || states.value.includes(row.edge.health)) &&
        (!standaloneOnly.value || row.cluster === null) &&
        edgeMatches(row, filters.terms),
    ),
  );
  const hiddenCount = computed(() => all.value.length - shown.value.length);
  const hiddenProblems = computed(() => {
    const ids = new Set(shown.value.map(({ id }) => id));
    return all.value.filter(({ id, edge }) => !ids.has(id) && isProblem(edge.health)).length;
  });
  /** Changes with every filter. */
  const filterKey = computed(() => [states.value, standaloneOnly.value, filters.search]);

  function showAll(): void {
    states.value = [];
    standaloneOnly.value = false;
    filters.clear();
  }

  return {
    states,
    standaloneOnly,
    all,
    stateCounts,
    standaloneCount,
    shown,
    hiddenCount,
    hiddenProblems,
    filterKey,
    showAll,
  };
}
