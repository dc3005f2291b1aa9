import { onBeforeUnmount, onMounted, watch } from 'vue';
import { useCommand } from '../../bridge/use-command';
import { useViewStore } from '../../state/fleet/view';

/**
 * Full screen while the component is shown, and a display that stays on while it is shown live. Both are optional: the wall also works
 * in a window. Readings that stop are no reason to turn the display off.
 */
export function useWallDisplay(): void {
  const view = useViewStore();
  const fullScreen = useCommand('window.fullScreen');
  const awake = useCommand('desk.keepAwake');
  onMounted(() => void fullScreen.run({ on: true }));
  watch(
    () => view.mode === 'live' || view.mode === 'stalled' || view.mode === 'waiting',
    (on) => void awake.run({ on }),
    { immediate: true },
  );
  onBeforeUnmount(() => {
    void fullScreen.run({ on: false });
    void awake.run({ on: false });
  });
}
