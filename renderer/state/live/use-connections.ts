import { onBeforeUnmount, onMounted } from 'vue';
import { useAlertsStore } from './alerts';
import { useDeskStore } from './desk';
import { useFileStore } from './file';
import { inNextFrame } from './in-next-frame';
import { useLiveStore } from './live';

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
