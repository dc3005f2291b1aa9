import { defineStore } from 'pinia';
import { computed, watch } from 'vue';
import { useQueryClientStore } from '../../bridge/query-client';
import { useRequest } from '../../bridge/use-query';
import { useLiveStore } from '../live/live';

/** What this Heron is: its version, and whether it monitors a demo fleet. */
export const useAboutStore = defineStore('about', () => {
  const live = useLiveStore();
  const queries = useQueryClientStore();
  const { data: about, failure } = useRequest('app.about', () => undefined);
  const demo = computed(() => about.value?.mode === 'demo');
  watch(
    () => live.snapshot !== null && live.snapshot.clusters.length > 0,
    () => queries.invalidateAfterFleetChange(),
  );
  return { about, failure, demo };
});
