import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { RequestResult } from '../../../domain/contract/contract';
import type { LastFailover } from '../../../domain/model/snapshot';
import { useCommand } from '../../bridge/use-command';
import { useRequest } from '../../bridge/use-query';
import { useFileStore } from '../live/file';
import { useLiveStore } from '../live/live';
import { useNowStore } from '../time/now';
import { useAboutStore } from './about';

/** A take-over lasts 1 to 4 s, and role polls come every second. */
const usualDetectionMs = 20_000;

/** The welcome: whether it is shown, and the failover that was caused from it. */
export const useWelcomeStore = defineStore('welcome', () => {
  const live = useLiveStore();
  const file = useFileStore();
  const about = useAboutStore();
  const now = useNowStore();
  const status = useRequest('welcome.status', () => undefined);
  const setting = useCommand('welcome.set');
  const causing = useCommand('demo.failover');
  const caused = shallowRef<RequestResult<'demo.failover'> | null>(null);
  /** The failover as it was detected; null: not yet. A later one does not replace it. */
  const detected = shallowRef<LastFailover | null>(null);
  const timelineSeen = ref(false);

  /** Only the demo fleet has failovers that may be caused. */
  const possible = computed(() => about.demo && !file.isOpen);
  const shown = computed(() => possible.value && status.data.value?.shown === true);
  const waiting = computed(() => caused.value !== null && detected.value === null);
  const late = computed(
    () => waiting.value && now.nowMs - (caused.value?.atMs ?? now.nowMs) > usualDetectionMs,
  );

  watch(
    () => live.snapshot,
    (snapshot) => {
      const { value: about } = caused;
      if (!snapshot || about === null || detected.value !== null) return;
      const last = snapshot.clusters.find(({ id }) => id === about.clusterId)?.lastFailover;
      if (last?.type === 'failover' && last.bracket.firstNewMs > about.atMs) detected.value = last;
    },
  );

  async function cause(): Promise<void> {
    [detected.value, timelineSeen.value] = [null, false];
    caused.value = await causing.run(undefined);
  }

  async function set(wanted: boolean): Promise<void> {
    await setting.run({ shown: wanted });
    await status.refetch();
  }

  return {
    possible,
    shown,
    caused,
    detected,
    waiting,
    late,
    timelineSeen,
    busy: causing.busy,
    failure: computed(() => causing.failure.value ?? setting.failure.value),
    cause,
    show: () => set(true),
    dismiss: () => set(false),
  };
});
