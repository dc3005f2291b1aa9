import { computed, type ComputedRef } from 'vue';
import { useAboutStore } from './about';
import { usePreferencesStore } from './preferences';

/** The name that acknowledgements, notes and plans carry: the one in the settings, else that of the system's user; empty until it is known. */
export function useOwnName(): ComputedRef<string> {
  const about = useAboutStore();
  const preferences = usePreferencesStore();
  return computed(() => preferences.name || about.about?.user || '');
}
