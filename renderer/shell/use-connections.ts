import { onBeforeUnmount, onMounted } from 'vue';
import { useAlertsStore } from '../state/live/alerts';
import { useDeskStore } from '../state/desk/desk';
import { useFileStore } from '../state/live/file';
import { inNextFrame } from '../state/live/in-next-frame';
import { useLiveStore } from '../state/live/live';

/** Receives what the main process publishes while the window is open. */
export function useConnections(): void {
  const alerts = useAlertsStore();
  const desk = useDeskStore();
  const files = useFileStore();
  const live = useLiveStore();
  onMounted(() => {
    void files.connect();
    void desk.connect();
    void live.connect(inNextFrame);
    void alerts.connect(inNextFrame);
  });
  onBeforeUnmount(() => {
    alerts.disconnect();
    live.disconnect();
    desk.disconnect();
    files.disconnect();
  });
}
