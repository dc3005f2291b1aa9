import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { canBeAcknowledged } from '../../../domain/words/acknowledgements';
import { useFileStore } from '../live/file';
import { useLiveStore } from '../live/live';
import { useTimeStore } from '../time/time';

/** The rows of the open acknowledge dialog, which rows, buttons, keys and the palette can open. */
export const useAckStore = defineStore('acknowledge', () => {
  const file = useFileStore();
  const live = useLiveStore();
  const time = useTimeStore();
  const openIds = ref<readonly string[]>([]);
  /** What the view is about, for the key where no row has the focus: the verdict, or an incident. */
  const subjectIds = ref<readonly string[]>([]);
  const openId = computed(() => openIds.value[0] ?? null);

  /** What is wrong now, and outages that are over, can be acknowledged; in the past and in an opened file nothing can. */
  function canAsk(id: string): boolean {
    const row = live.snapshot?.clusters.find((cluster) => cluster.id === id);
    return !file.isOpen && time.travelMs === null && row !== undefined && canBeAcknowledged(row);
  }

  /** Opens the dialog for a row, or for all those of several that can be acknowledged. */
  function ask(ids: string | readonly string[]): void {
    const asked = (typeof ids === 'string' ? [ids] : ids).filter(canAsk);
    if (asked.length > 0) openIds.value = asked;
  }

  function close(): void {
    openIds.value = [];
  }

  return { openId, openIds, subjectIds, canAsk, ask, close };
});
