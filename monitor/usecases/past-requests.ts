import type { historyQueries } from '../../domain/contract/history-queries';
import type { TimeRange } from '../../domain/model/history';
import type { HistoryReadable } from '../../db/model/history';
import type { RequestHandlers } from './answer-request';
import { RequestRefused } from '../../domain/contract/request-refused';

type PastQuery = keyof typeof historyQueries;

/** Answers what is asked of the past, from the history that is watched now. Throws `RequestRefused` for an empty range. */
export function pastRequests(now: () => Promise<HistoryReadable>): Pick<RequestHandlers, PastQuery> {
  return {
    'history.snapshotAt': async ({ atMs }) => (await now()).snapshotAt(atMs),
    'history.events': async (filter) => (await now()).events(filter),
    'history.share': async (request) => (await now()).share(checkedRange('history.share', request)),
    'history.lanes': async ({ subjectIds, ...range }) =>
      (await now()).lanes(subjectIds, checkedRange('history.lanes', range)),
    'history.spans': async ({ subjectIds, ...range }) => {
      const { fromMs, toMs } = checkedRange('history.spans', range);
      return (await now()).spans(subjectIds, fromMs, toMs);
    },
    'history.series': async (request) => {
      checkedRange('history.series', request);
      return (await now()).series(request);
    },
    'history.availability': async ({ subjectIds, ...range }) =>
      (await now()).availability(subjectIds, checkedRange('history.availability', range)),
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
