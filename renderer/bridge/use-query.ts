import { useQuery } from '@tanstack/vue-query';
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { QueryName, RequestArgs, RequestFailure, RequestResult } from '../../domain/contract/contract';
import { failureOf, request } from './heron';
import { useQueryClientStore } from './query-client';

export interface QueryOptions<Data> {
  /**
   * What the answer is about. The previous answer stays visible while the next one is read, unless it is about something
   * else. Left out: it always stays.
   */
  subject?: () => unknown;
  /** Milliseconds after an answer until it is read again; false: not again. Called after every answer and every change of the arguments. */
  refreshMs?: (latest: Data | null) => number | false;
  /**
   * One request at a time: arguments that change meanwhile wait for the answer, and only the latest ones are sent then. For
   * arguments that change faster than they are answered. Another subject does not wait.
   */
  oneAtATime?: boolean;
}

/** A question to the main process that takes one or more requests. */
export interface QueryDefinition<Args, Data> extends QueryOptions<Data> {
  /** The main request: decides how long an answer stays fresh, and is named in a failure that names nothing itself. */
  request: QueryName;
  /** Distinguishes questions with the same main request and different answers. */
  name: string;
  /** Everything the answer depends on; null: nothing is to be read. "Live" is one value: the time of reading is not part of it. */
  args: () => Args | null;
  fetch: (args: Args) => Promise<Data>;
}

export interface QueryState<Data> {
  /** The latest answer; null: none yet. */
  data: ComputedRef<Data | null>;
  /** Why the latest request failed; null after the next answer. */
  failure: ComputedRef<RequestFailure | null>;
  /** A request is under way. */
  loading: Ref<boolean>;
  /** `data` answers the arguments as they are now. */
  answered: ComputedRef<boolean>;
  /** Reads again now. Never rejects. */
  refetch: () => Promise<void>;
}

/** The answer of one query of the contract, read again when its arguments change. Null arguments: nothing is read. */
export function useRequest<N extends QueryName>(
  name: N,
  args: () => RequestArgs<N> | null,
  options: QueryOptions<RequestResult<N>> = {},
): QueryState<RequestResult<N>> {
  return useBridgeQuery<RequestArgs<N>, RequestResult<N>>({
    ...options,
    request: name,
    name: '',
    args,
    fetch: (asked) => request(name, asked),
  });
}

/** The answer to a question, read again when its arguments change. An answer to earlier arguments never replaces a later one. */
export function useBridgeQuery<Args, Data>(definition: QueryDefinition<Args, Data>): QueryState<Data> {
  const { client } = useQueryClientStore();
  const { subject = () => null, refreshMs, fetch } = definition;
  const wanted = computed(() => ({ subject: subject(), args: definition.args() }));
  const asked = shallowRef(wanted.value);

  const query = useQuery<unknown>(() => {
    const { subject: about, args } = asked.value;
    return {
      queryKey: [definition.request, definition.name, about, args],
      queryFn: () => fetch(args as Args),
      enabled: args !== null,
      shallow: true,
      placeholderData: (previous: unknown, previousQuery?: { queryKey: readonly unknown[] }) =>
        previousQuery && isSame(previousQuery.queryKey[2], about) ? previous : undefined,
      refetchInterval: ({ state }: { state: { data: unknown } }) =>
        refreshMs?.((state.data ?? null) as Data | null) ?? false,
      refetchOnWindowFocus: refreshMs !== undefined,
    };
  }, client);

  watch([wanted, query.isFetching], ([next, fetching]) => {
    const waits = definition.oneAtATime && fetching && isSame(next.subject, asked.value.subject);
    if (!waits) asked.value = next;
  });

  return {
    data: computed(() => (query.data.value ?? null) as Data | null),
    failure: computed(() =>
      query.error.value === null ? null : failureOf(query.error.value, definition.request),
    ),
    loading: query.isFetching,
    answered: computed(
      () => query.isSuccess.value && !query.isPlaceholderData.value && asked.value === wanted.value,
    ),
    refetch: async () => {
      asked.value = wanted.value;
      await query.refetch();
    },
  };
}

function isSame(some: unknown, other: unknown): boolean {
  return JSON.stringify(some) === JSON.stringify(other);
}
