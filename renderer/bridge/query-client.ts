import { notifyManager, QueryClient } from '@tanstack/vue-query';
import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { markRaw, onScopeDispose } from 'vue';
import type { QueryName } from '../../domain/contract/contract';

const minuteMs = 60_000;
/** Events come in bursts: what depends on them is read again this long after the last one, and at least this often. */
const eventsSettleMs = 500;
const mostSettleMs = 2000;

/** Time until an answer is stale; default 0. A stale answer is read again when a view that shows it opens. */
const staleTimeMs: Partial<Record<QueryName, number>> = {
  'app.about': Infinity,
  'history.coverage': minuteMs,
};

/** How long an answer that no view shows stays in memory; default one minute. */
const gcTimeMs: Partial<Record<QueryName, number>> = {
  // Playback reads four of these per second, each with all rows of the fleet.
  'history.snapshotAt': 0,
  // A form always starts from the current inventory.
  'inventory.get': 0,
};

/** Which answers become stale with new events, and when the fleet appears or goes. Opening a file reloads the page. */
const staleAfter = {
  events: [
    'incidents.list',
    'history.incidentCounts',
    'history.incidents',
    'history.incidentMonths',
    'history.events',
  ],
  fleet: ['app.about'],
} as const satisfies Record<string, readonly QueryName[]>;

// Vue batches what it draws; waiting for a timer as well would only delay it.
notifyManager.setScheduler(queueMicrotask);

function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      // Requests go to the main process, not over the network.
      queries: { networkMode: 'always', retry: false, structuralSharing: false, gcTime: minuteMs },
      // Arguments may contain a password: they are dropped with the form that sent them.
      mutations: { networkMode: 'always', gcTime: 0 },
    },
  });
  for (const [name, staleTime] of Object.entries(staleTimeMs)) client.setQueryDefaults([name], { staleTime });
  for (const [name, gcTime] of Object.entries(gcTimeMs)) client.setQueryDefaults([name], { gcTime });
  return client;
}

/**
 * The cache of answers, one per window. A store, so that other stores reach it outside components and every test that
 * has its own Pinia starts with an empty cache.
 */
export const useQueryClientStore = defineStore('query-client', () => {
  const client = markRaw(createQueryClient());
  client.mount();
  onScopeDispose(() => client.unmount());

  function invalidate(names: readonly QueryName[]): void {
    for (const name of names) void client.invalidateQueries({ queryKey: [name] });
  }

  return {
    client,
    /** Call when new events arrived: reads again what views show and depends on events, once after a burst. */
    invalidateAfterEvents: useDebounceFn(() => invalidate(staleAfter.events), eventsSettleMs, {
      maxWait: mostSettleMs,
    }),
    /** Call when the fleet appeared or disappeared. */
    invalidateAfterFleetChange: () => invalidate(staleAfter.fleet),
  };
});
