import { defineStore } from 'pinia';
import { computed } from 'vue';
import { useRequest } from '../../bridge/use-query';

/** What this Heron is: its version, and whether it monitors a demo fleet. */
export const useAboutStore = defineStore('about', () => {
  const { data: about, failure } = useRequest('app.about', () => undefined);
  const demo = computed(() => about.value?.mode === 'demo');
  return { about, failure, demo };
});
