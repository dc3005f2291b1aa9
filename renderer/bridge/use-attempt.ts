import { shallowRef } from 'vue';
import type { RequestFailure, RequestName } from '../../domain/contract/contract';
import { failureOf } from './heron';

/** Something asked of the main process by a button: whether it is under way, and how it failed last. */
export function useAttempt() {
  const busy = shallowRef(false);
  const failure = shallowRef<RequestFailure | null>(null);

  /** Does the work; never rejects. `name`: the request that a failure is told of. */
  async function attempt(name: RequestName, work: () => Promise<void>): Promise<void> {
    busy.value = true;
    failure.value = null;
    try {
      await work();
    } catch (thrown) {
      failure.value = failureOf(thrown, name);
    } finally {
      busy.value = false;
    }
  }

  return { busy, failure, attempt };
}
