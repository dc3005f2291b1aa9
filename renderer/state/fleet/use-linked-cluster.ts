import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useViewStore } from './view';

/** The cluster a view is narrowed to; null: all. In the address, so that it can be linked to. */
export function useLinkedCluster() {
  const view = useViewStore();
  const route = useRoute();
  const router = useRouter();
  return computed<string | null>({
    get: () => {
      const id = route.query['cluster'];
      return typeof id === 'string' && view.byId.has(id) ? id : null;
    },
    set: (id) => {
      const { cluster: _before, ...others } = route.query;
      void router.replace({ query: id === null ? others : { ...others, cluster: id } });
    },
  });
}
