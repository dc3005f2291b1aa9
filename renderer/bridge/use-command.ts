import { useMutation } from '@tanstack/vue-query';
import { computed, type ComputedRef, type Ref } from 'vue';
import type {
  CommandName,
  RequestArgs,
  RequestFailure,
  RequestName,
  RequestResult,
} from '../../domain/contract/contract';
import { failureOf, request } from './heron';
import { useQueryClientStore } from './query-client';

export interface ActionState<Args, Result> {
  /** It is under way. */
  busy: Ref<boolean>;
  /** Why the latest run failed; null while the next one is under way and after it succeeded. */
  failure: ComputedRef<RequestFailure | null>;
  /** Resolves to the result, or to null when it failed. Never rejects. */
  run: (args: Args) => Promise<Result | null>;
  /** Clears the failure. */
  reset: () => void;
}

/** A command of the contract, with its progress and failure. */
export function useCommand<N extends CommandName>(name: N): ActionState<RequestArgs<N>, RequestResult<N>> {
  return useAction(name, (args: RequestArgs<N>) => request(name, args));
}

/** An action that a person started. `name` is the request that a failure is attributed to. */
export function useAction<Args, Result>(
  name: RequestName,
  work: (args: Args) => Promise<Result>,
): ActionState<Args, Result> {
  const { client } = useQueryClientStore();
  const mutation = useMutation<Result, Error, Args>({ mutationFn: work, shallow: true }, client);
  return {
    busy: mutation.isPending,
    failure: computed(() => (mutation.error.value === null ? null : failureOf(mutation.error.value, name))),
    run: async (args) => {
      try {
        return await mutation.mutateAsync(args);
      } catch {
        return null;
      }
    },
    reset: mutation.reset,
  };
}
