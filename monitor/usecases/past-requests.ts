import type { historyQueries } from '../../domain/contract/history-queries';
import type { TimeRange } from '../../domain/model/history';
import type { HistoryReadable } from '../../db/client/history';
import type { RequestHandlers } from './answer-request';
import { RequestRefused } from '../../domain/contract/request-refused';

type PastQuery = keyof typeof historyQueries;

/** Answers what is asked of the past, from the history that is watched now. Throws `RequestRefused` for an empty range. */
export function pastRequests(now: () => Promise<HistoryReadable>): Pick<RequestHandlers, PastQuery> {
  return {
    'history.snapshotAt': async (at) => (await now()).snapshotAt(at),
    'history.events': async (filter) => (await now()).events(filter),
    'history.share': async (request) => (await now()).share(checkedRange('history.share', request)),
    'history.lanes': async (request) => (await now()).lanes(checkedRange('history.lanes', request)),
    'history.spans': async (request) => (await now()).spans(checkedRange('history.spans', request)),
    'history.series': async (request) => {
      checkedRange('history.series', request);
      return (await now()).series(request);
    },
    'history.availability': async (request) =>
      (await now()).availability(checkedRange('history.availability', request)),
    'history.gaps': async (range) => (await now()).gaps(checkedRange('history.gaps', range)),
    'history.runs': async () => (await now()).runs(),
    'history.coverage': async () => (await now()).coverage(),
  };
}

/** The range, which must have a length. */
export function checkedRange<R extends TimeRange>(where: PastQuery, range: R): R {
  if (range.toMs > range.fromMs) return range;
  throw new RequestRefused({
    what: 'The range ends before it begins.',
    where,
    todo: 'Choose a range that has a length.',
  });
}
