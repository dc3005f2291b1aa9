import { onBeforeUnmount, watchEffect } from 'vue';
import { useAckStore } from './acknowledge-dialog';

/** While this view is shown, the key a: acknowledges these rows where no row has the focus. */
export function useAckSubject(ids: () => readonly string[]): void {
  const ack = useAckStore();
  watchEffect(() => {
    ack.subjectIds = ids();
  });
  onBeforeUnmount(() => {
    ack.subjectIds = [];
  });
}
