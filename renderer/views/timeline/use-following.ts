import { computed, toRef } from 'vue';
import { useLiveStore } from '../../state/live/live';
import { useNowStore } from '../../state/time/now';
import { useTimeStore } from '../../state/time/time';
import { useHold } from './use-hold';
import { useViewport } from './use-viewport';

/** The range that is shown, which follows now unless the pointer holds it or it was moved away. `isExact`: as for the viewport. */
export function useFollowing(isExact: () => boolean) {
  const now = useNowStore();
  const time = useTimeStore();
  const live = useLiveStore();
  const { held, release, handlers } = useHold(toRef(now, 'monotonicMs'));
  const { range, following, follow, show, zoom, pan } = useViewport(
    () => held.value,
    // What metrics sources have may begin before the history.
    () => isExact() || (live.snapshot?.monitor.sources ?? []).length > 0,
  );
  const followed = computed((): 'yes' | 'held' | 'left' => {
    if (!time.live || now.standMs !== null) return 'yes';
    if (!following.value) return 'left';
    return held.value ? 'held' : 'yes';
  });

  function followNow(): void {
    release();
    follow();
  }
  return { range, show, zoom, pan, followed, followNow, holdHandlers: handlers };
}
