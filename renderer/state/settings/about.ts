import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { RequestFailure, RequestResult } from '../../../domain/contract/contract';
import { failureOf, request } from '../../bridge/heron';
import { useLiveStore } from '../live/live';

/** What this Heron is: its version, and whether it watches a demo fleet. Asked again when the fleet appears or goes. */
export const useAboutStore = defineStore('about', () => {
  const live = useLiveStore();
  const about = shallowRef<RequestResult<'app.about'> | null>(null);
  const failure = shallowRef<RequestFailure | null>(null);
  const demo = computed(() => about.value?.mode === 'demo');

  async function load(): Promise<void> {
    try {
      about.value = await request('app.about', undefined);
      failure.value = null;
    } catch (thrown) {
      failure.value = failureOf(thrown, 'app.about');
    }
  }

  watch(
    () => live.snapshot !== null && live.snapshot.clusters.length > 0,
    () => void load(),
    { immediate: true },
  );

  return { about, failure, demo, load };
});
