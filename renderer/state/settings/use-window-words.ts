import { computed, type ComputedRef } from 'vue';
import { clockTime } from '../../../domain/words/clock';
import { windowWords } from '../../time/window-lengths';
import { usePreferencesStore } from './preferences';
import { useTimeStore } from '../time/time';

/** The time window in words: "last 30 min", or "30 min to 14:02:13" in the past. */
export function useWindowWords(): ComputedRef<string> {
  const preferences = usePreferencesStore();
  const time = useTimeStore();
  return computed(() => {
    const words = windowWords(time.windowMs);
    return time.travelMs === null
      ? `last ${words}`
      : `${words} to ${clockTime(time.travelMs, preferences.zone)}`;
  });
}
