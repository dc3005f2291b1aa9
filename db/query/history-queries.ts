import type { z } from 'zod';
import { availabilityQueries } from './read-availability';
import { eventQueries } from './read-events';
import { incidentQueries } from './read-incidents';
import { inventoryQueries } from './read-inventory';
import { metricHistoryQueries } from './read-metric-history';
import { outageQueries } from './read-outages';
import { runQueries } from './read-runs';
import { sampleQueries } from './read-samples';
import { seriesQueries } from './read-series';
import { snapshotQueries } from './read-snapshot';
import { spanQueries } from './read-spans';

/**
 * The one table of history queries. The interface of a history, the reader threads' calls and their dispatch, the pool and the
 * fake derive from it. Each answer is of one moment of the file. Times are UTC milliseconds; a range is [fromMs, toMs). What
 * was not monitored is unknown or null, never a value.
 */
export const historyQueries = {
  ...availabilityQueries,
  ...eventQueries,
  ...incidentQueries,
  ...inventoryQueries,
  ...metricHistoryQueries,
  ...outageQueries,
  ...runQueries,
  ...sampleQueries,
  ...seriesQueries,
  ...snapshotQueries,
  ...spanQueries,
};

type HistoryQueries = typeof historyQueries;
export type HistoryQueryName = keyof HistoryQueries;
export type HistoryQueryArgs<N extends HistoryQueryName> = z.input<HistoryQueries[N]['args']>;
/** The arguments once their schema has checked them. */
export type CheckedQueryArgs<N extends HistoryQueryName> = z.output<HistoryQueries[N]['args']>;
export type HistoryQueryResult<N extends HistoryQueryName> = ReturnType<HistoryQueries[N]['run']>;

/** The queries as methods. Each rejects with a HistoryError. */
export type HistoryQueryMethods = {
  [N in keyof HistoryQueries]: (args: HistoryQueryArgs<N>) => Promise<HistoryQueryResult<N>>;
};

/** All methods, made from one function that answers a query by its name. */
export function queryMethods(
  ask: <N extends HistoryQueryName>(name: N, args: HistoryQueryArgs<N>) => Promise<HistoryQueryResult<N>>,
): HistoryQueryMethods {
  const names = Object.keys(historyQueries) as HistoryQueryName[];
  const methods = names.map((name) => [name, (args: HistoryQueryArgs<typeof name>) => ask(name, args)]);
  return Object.fromEntries(methods) as HistoryQueryMethods;
}
