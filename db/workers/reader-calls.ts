import type { HistoryQueryArgs, HistoryQueryName, HistoryQueryResult } from '../query/history-queries';

/** The calls that a reader's thread serves: every history query, and `close`. */
export type ReaderCalls = {
  [N in HistoryQueryName]: { args: HistoryQueryArgs<N>; result: HistoryQueryResult<N> };
} & { close: { args: null; result: null } };
