import type { HistoryQueryArgs, HistoryQueryName, HistoryQueryResult } from '../query/history-queries';

/** What a reader's thread can be asked: every history query, and `close`. */
export type ReaderCalls = {
  [N in HistoryQueryName]: { args: HistoryQueryArgs<N>; result: HistoryQueryResult<N> };
} & { close: { args: null; result: null } };
