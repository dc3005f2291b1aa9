import { watchEffect } from 'vue';
import { useRoute } from 'vue-router';
import { blindTitle } from '../../../domain/words/blindness';
import { clockTime } from '../../../domain/words/clock';
import { useFileStore } from '../live/file';
import { useLiveStore } from '../live/live';
import { usePreferencesStore } from '../settings/preferences';

/** The window's title: the view, after what Heron says of itself when it sees nothing. */
export function useWindowTitle(): void {
  const live = useLiveStore();
  const file = useFileStore();
  const preferences = usePreferencesStore();
  const route = useRoute();

  watchEffect(() => {
    const view = `${route.meta.title ?? 'Clusters'} – Heron`;
    const total = file.isOpen ? undefined : live.blindness.find(({ isTotal }) => isTotal);
    document.title = total ? `${blindTitle(total, (ms) => clockTime(ms, preferences.zone))} – ${view}` : view;
  });
}
