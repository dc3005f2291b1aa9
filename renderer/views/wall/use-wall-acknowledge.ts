import { useRouter } from 'vue-router';
import { useCommand } from '../../bridge/use-command';
import { useOwnName } from '../../state/settings/own-name';
import { useAckStore } from '../../state/window/acknowledge-dialog';

/** Acknowledges at once: the wall opens no dialog. Without a name to acknowledge by, the clusters view asks for it. */
export function useWallAcknowledge() {
  const ack = useAckStore();
  const router = useRouter();
  const { failure, run } = useCommand('cluster.acknowledge');
  const name = useOwnName();

  async function acknowledge(clusterId: string): Promise<void> {
    if (!ack.canAsk(clusterId)) return;
    if (name.value !== '') {
      await run({ clusterId, by: name.value, words: '', withdrawn: false });
      return;
    }
    await router.push({ name: 'clusters', params: { id: clusterId } });
    ack.ask(clusterId);
  }

  return { acknowledge, failure, canAcknowledge: ack.canAsk };
}
