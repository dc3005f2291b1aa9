import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Health } from '../../domain/health';
import { clusterMatches, searchTerms } from '../clusters/search';
import { useViewStore } from './view';

/** What a person searches and filters for at the moment. Not kept: a filter forgotten from yesterday hides problems. */
export const useFiltersStore = defineStore('filters', () => {
  const view = useViewStore();
  const search = ref('');
  const states = ref<readonly Health[]>([]);

  const terms = computed(() => searchTerms(search.value));
  const shownClusters = computed(() =>
    view.clusters.filter(
      (cluster) =>
        (states.value.length === 0 || states.value.includes(cluster.health)) &&
        clusterMatches(cluster, terms.value),
    ),
  );
  const active = computed(() => states.value.length > 0 || terms.value.length > 0);

  function toggleState(health: Health): void {
    states.value = states.value.includes(health)
      ? states.value.filter((chosen) => chosen !== health)
      : [...states.value, health];
  }

  function clear(): void {
    states.value = [];
    search.value = '';
  }

  return { search, states, terms, shownClusters, active, toggleState, clear };
});
