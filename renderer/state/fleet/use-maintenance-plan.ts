import { computed } from 'vue';
import { planAt, planEventTypes } from '../../../domain/maintenance/plan';
import { useRequest } from '../../bridge/use-query';
import { useViewStore } from './view';

/** More decisions than are made in years. */
const mostEvents = 10_000;

/** The maintenance windows planned at the time that is shown, with how reading them goes. */
export function useMaintenancePlan(isWanted: () => boolean) {
  const view = useViewStore();
  const types = [...planEventTypes];
  const { data, failure, loading } = useRequest('history.events', () =>
    isWanted() ? { clusterId: null, types, beforeId: null, limit: mostEvents } : null,
  );
  const plan = computed(() => planAt(data.value ?? [], view.atMs));
  return { plan, failure, loading };
}
