import { computed, shallowRef, watch } from 'vue';
import type { RequestFailure } from '../../domain/contract/contract';
import { failureOf } from './heron';

/** What is wanted, the question for it, and when an answer is of something else altogether. */
export interface LatestQuestion<T> {
  /** Changes with everything the answer depends on; null: nothing is wanted. */
  wanted(): string | null;
  /** Changes with what the answer is about: what is held of another subject is let go at once. */
  subject(): string;
  ask(): Promise<T>;
  /** Named in failures that name nothing themselves. */
  where: string;
}

/**
 * The answer to what is wanted now. One question is under way at a time; what was wanted differently meanwhile is asked next, and an
 * answer to what is not wanted any more is not taken. `again` asks once more.
 */
export function useLatest<T>({ wanted, subject, ask, where }: LatestQuestion<T>) {
  const answer = shallowRef<T | null>(null);
  const failure = shallowRef<RequestFailure | null>(null);
  const key = computed(wanted);
  let asking = false;
  let due = false;

  async function again(): Promise<void> {
    due = true;
    if (asking) return;
    asking = true;
    while (due) {
      due = false;
      const asked = key.value;
      if (asked === null) continue;
      try {
        const got = await ask();
        // What is wanted now instead is asked next: its change has called for it.
        if (key.value !== asked) continue;
        answer.value = got;
        failure.value = null;
      } catch (thrown) {
        if (key.value === asked) failure.value = failureOf(thrown, where);
      }
    }
    asking = false;
  }

  watch(subject, () => (answer.value = null), { flush: 'sync' });
  watch(key, () => void again(), { immediate: true });
  return { answer, failure, again };
}
