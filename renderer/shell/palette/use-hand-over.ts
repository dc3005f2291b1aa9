import { useRouter } from 'vue-router';
import { request, RequestError } from '../../bridge/heron';
import { useHandOverStore } from '../../state/window/hand-over';

/** Opens a cluster's last incident and saves its file there; without one, its empty list. Failures are shown in an alert. */
export function useHandOver(): (clusterId: string) => Promise<void> {
  const router = useRouter();
  const handOver = useHandOverStore();
  return async (clusterId) => {
    try {
      const asked = { clusterId, fromMs: null, toMs: null, beforeId: null, limit: 1 };
      const [last] = (await request('incidents.list', asked)).incidents;
      handOver.incidentId = last?.id ?? null;
      await router.push(
        last
          ? { name: 'incident', params: { id: last.id } }
          : { name: 'incidents', query: { cluster: clusterId } },
      );
    } catch (thrown) {
      if (!(thrown instanceof RequestError)) throw thrown;
      window.alert(`${thrown.failure.what} ${thrown.failure.todo}`);
    }
  };
}
