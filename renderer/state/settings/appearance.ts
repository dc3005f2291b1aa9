import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { RequestFailure } from '../../../domain/contract/contract';
import { failureOf, request } from '../../bridge/heron';
import { usePreferencesStore } from './preferences';

/** Tells the main process which theme was chosen, wherever it was: menus, title bar and background follow. */
export const useAppearanceStore = defineStore('appearance', () => {
  const preferences = usePreferencesStore();
  const failure = shallowRef<RequestFailure | null>(null);

  watch(
    () => preferences.theme,
    async (theme) => {
      try {
        await request('appearance.set', { theme });
        failure.value = null;
      } catch (thrown) {
        failure.value = failureOf(thrown, 'appearance.set');
      }
    },
  );

  return { failure };
});
