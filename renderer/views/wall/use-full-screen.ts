import { onBeforeUnmount, onMounted } from 'vue';
import { useCommand } from '../../bridge/use-command';

/** Full screen while the component is shown. It is optional: the wall also works in a window. */
export function useFullScreen(): void {
  const { run } = useCommand('window.fullScreen');
  onMounted(() => void run({ on: true }));
  onBeforeUnmount(() => void run({ on: false }));
}
