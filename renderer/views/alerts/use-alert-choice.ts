import { computed, shallowRef, watch, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { Alert } from '../../../domain/model/alert';

/**
 * The alert whose detail is shown: the one in the address, which can be linked to; else, where list and detail are side by side, the first.
 * The chosen one stays after it has ended, as it was last.
 */
export function useAlertChoice(alerts: Ref<readonly Alert[]>, isBeside: Ref<boolean>) {
  const route = useRoute();
  const router = useRouter();
  const lastKnown = shallowRef<Alert | null>(null);
  const chosenId = computed(() => {
    const id = route.query['alert'];
    return typeof id === 'string' ? id : null;
  });
  const listed = computed(() => {
    const found = alerts.value.find(({ id }) => id === chosenId.value);
    if (found || chosenId.value !== null) return found ?? null;
    return isBeside.value ? (alerts.value[0] ?? null) : null;
  });
  watch(
    listed,
    (alert) => {
      if (alert) lastKnown.value = alert;
    },
    { immediate: true },
  );
  const shown = computed(() => {
    if (listed.value) return listed.value;
    if (chosenId.value === null) return null;
    return lastKnown.value?.id === chosenId.value ? lastKnown.value : null;
  });

  function choose(id: string | null): void {
    const { alert: _before, ...others } = route.query;
    void router.replace({ query: id === null ? others : { ...others, alert: id } });
  }

  return { chosenId, shown, isListed: computed(() => listed.value !== null), choose };
}
