import type { RequestResult } from '../../domain/contract/contract';
import { mostAnswerRows } from '../../domain/contract/audit-question';
import { historyQueries } from '../../domain/contract/history-queries';
import { RequestRefused } from '../../domain/contract/request-refused';
import type { Clock } from '../base/clock';
import { PrometheusApi } from '../prometheus/api';
import type { SecretResolver } from '../secrets/secret-resolver';
import type { CheckedArgs, RequestHandlers } from './answer-request';
import type { CurrentHistoryOf } from './current-history';
import { readAnswer } from './audit-questions';
import { listIncidents } from './list-incidents';
import type { MonitorSession } from './monitor-session';
import { readSourcePast } from './source-past';

type HistoryRequest = keyof typeof historyQueries;
type QueryName<R extends HistoryRequest> = R extends `history.${infer N}` ? N : never;

/** The queries that the contract's history requests name. HistoryReadable has each of them, or this file does not compile. */
type RequestedQueries = {
  [R in HistoryRequest as QueryName<R>]: (args: CheckedArgs<R>) => Promise<RequestResult<R>>;
};

/** The handlers of every request that reads the history on screen, recorded or opened. Each throws RequestRefused. */
export function historyRequests(
  currentHistory: CurrentHistoryOf,
): Pick<RequestHandlers, HistoryRequest | 'snapshot.get' | 'incidents.list' | 'audit.ask'> {
  const queries = async (): Promise<RequestedQueries> => (await currentHistory()).history;
  return {
    ...queryHandlers(queries),
    'snapshot.get': async () => (await currentHistory()).snapshot(),
    'audit.ask': async (asked) => {
      checkRange('audit.ask', asked.range);
      return readAnswer((await currentHistory()).history, asked, mostAnswerRows);
    },
    'incidents.list': async (query) => {
      const { history, nowMs } = await currentHistory();
      return listIncidents(history, query, nowMs());
    },
  };
}

/** The handler of what metrics sources know of the past. A file is shown as it was recorded: nothing is read for it. */
export function sourcePastRequests(
  currentHistory: CurrentHistoryOf,
  session: Pick<MonitorSession, 'current'>,
  secrets: SecretResolver,
  clock: Clock,
): Pick<RequestHandlers, 'sources.past'> {
  return {
    'sources.past': async (asked) => {
      checkRange('sources.past', asked);
      if ((await currentHistory()).mode === 'audit') return { lanes: [], parts: [], notes: [] };
      const { inventory, history } = await session.current();
      return readSourcePast({ inventory, history }, asked, {
        clock,
        apiOf: (source) => new PrometheusApi(source, secrets),
      });
    },
  };
}

/** One handler for each history request: it calls the query of that name with the same arguments. */
function queryHandlers(queries: () => Promise<RequestedQueries>): Pick<RequestHandlers, HistoryRequest> {
  const names = Object.keys(historyQueries) as HistoryRequest[];
  const handlers = names.map((name) => {
    const query = name.slice('history.'.length) as keyof RequestedQueries;
    const handler = async (args: unknown): Promise<unknown> => {
      checkRange(name, args);
      return ((await queries())[query] as (args: unknown) => Promise<unknown>)(args);
    };
    return [name, handler];
  });
  return Object.fromEntries(handlers) as Pick<RequestHandlers, HistoryRequest>;
}

/** A range in the arguments must not be empty. */
function checkRange(where: HistoryRequest | 'audit.ask' | 'sources.past', args: unknown): void {
  if (typeof args !== 'object' || args === null || !('fromMs' in args && 'toMs' in args)) return;
  if (Number(args.toMs) > Number(args.fromMs)) return;
  throw new RequestRefused({
    what: 'The range ends before it begins.',
    where,
    todo: 'Choose a range whose end is after its beginning.',
  });
}
