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
  const shownClusters = computed(() =>
    view.clusters.filter(
      (cluster) =>
        (states.value.length === 0 || states.value.includes(cluster.health)) &&
        known.every(({ id, holds }) => !traits.value.includes(id) || holds(cluster)) &&
        clusterMatches(cluster, terms.value),
    ),
  );
  const active = computed(() => states.value.length > 0 || traits.value.length > 0 || terms.value.length > 0);

  function clear(): void {
    states.value = [];
    traits.value = [];
    search.value = '';
  }

  return { search, states, traits, terms, shownClusters, active, clear };
});
