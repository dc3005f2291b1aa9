import { defineStore } from 'pinia';
import { computed } from 'vue';
import { useCommand } from '../../bridge/use-command';
import { useRequest } from '../../bridge/use-query';

const readingRefreshMs = 500;
const refreshMs = 10_000;

/** The inventory source at the vendor: how far reading it is, and how many changes it has. */
export const useVendorStore = defineStore('vendor', () => {
  const status = useRequest('vendor.status', () => undefined, {
    refreshMs: (latest) => (latest?.reading ? readingRefreshMs : refreshMs),
  });
  const reading = useCommand('vendor.read');
  const cancelling = useCommand('vendor.cancel');

  async function read(): Promise<void> {
    await reading.run(undefined);
    await status.refetch();
  }

  async function cancel(): Promise<void> {
    await cancelling.run(undefined);
    await status.refetch();
  }

  return {
    status: status.data,
    isSetUp: computed(() => (status.data.value?.settings ?? null) !== null),
    /** Shown as a badge; 0: none, or not known. */
    changes: computed(() => status.data.value?.changes ?? 0),
    failure: computed(() => status.failure.value ?? reading.failure.value ?? cancelling.failure.value),
    read,
    cancel,
    refetch: status.refetch,
  };
});
