import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Health } from '../../../domain/model/health';
import { traits as known, type TraitId } from '../../words/traits';
import { clusterMatches, searchTerms } from './search';
import { useViewStore } from './view';

/** The current search and filters. Not stored: a forgotten filter of yesterday would hide problems. */
export const useFiltersStore = defineStore('filters', () => {
  const view = useViewStore();
  const search = ref('');
  const states = ref<readonly Health[]>([]);
  const traits = ref<readonly TraitId[]>([]);

  const terms = computed(() => searchTerms(search.value));
  /** What is shown, as of the last change in anything but metrics, none of which is searched or filtered by. */
  const stableShown = computed(() => {
    const wanted = new Set(states.value);
    const on = known.filter(({ id }) => traits.value.includes(id));
    return view.stableClusters.filter(
      (cluster) =>
        (wanted.size === 0 || wanted.has(cluster.health)) &&
        on.every(({ holds }) => holds(cluster)) &&
        clusterMatches(cluster, terms.value),
    );
  });
  const shownClusters = computed(() =>
    stableShown.value.length === view.clusters.length
      ? view.clusters
      : stableShown.value.flatMap(({ id }) => view.byId.get(id) ?? []),
  );
  const active = computed(() => states.value.length > 0 || traits.value.length > 0 || terms.value.length > 0);

  function clear(): void {
    states.value = [];
    traits.value = [];
    search.value = '';
  }

  return { search, states, traits, terms, stableShown, shownClusters, active, clear };
});
