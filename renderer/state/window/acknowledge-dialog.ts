import { defineStore } from 'pinia';
import { ref } from 'vue';
import { useLiveStore } from '../live/live';
import { canBeAcknowledged } from '../../../domain/words/acknowledgements';
import { useTimeStore } from '../time/time';

/** The cluster of the open acknowledge dialog, which rows, buttons, keys and the palette can open. */
export const useAckStore = defineStore('acknowledge', () => {
  const live = useLiveStore();
  const time = useTimeStore();
  const openId = ref<string | null>(null);

  /** What is wrong now, and outages that are over, can be acknowledged; in the past nothing can. */
  function canAsk(id: string): boolean {
    const row = live.snapshot?.clusters.find((cluster) => cluster.id === id);
    return time.travelMs === null && row !== undefined && canBeAcknowledged(row);
  }

  function ask(id: string): void {
    if (canAsk(id)) openId.value = id;
  }

  function close(): void {
    openId.value = null;
  }

  return { openId, canAsk, ask, close };
});
