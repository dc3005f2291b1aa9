import { defineStore } from 'pinia';
import { watch } from 'vue';
import { useCommand } from '../../bridge/use-command';
import { usePreferencesStore } from './preferences';

/** Sends the chosen theme to the main process, wherever it was chosen: menus, title bar and background follow. */
export const useAppearanceStore = defineStore('appearance', () => {
  const preferences = usePreferencesStore();
  const { failure, run } = useCommand('appearance.set');
  watch(
    () => preferences.theme,
    (theme) => void run({ theme }),
  );
  return { failure };
});
