import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { historyQueries, type HistoryQueryName } from '../query/history-queries';
import { QuerySession } from '../query/query-session';
import { serveCalls, type Handlers } from '../threads/serve-calls';
import type { ReaderCalls } from './reader-calls';

/** A reader's thread: answers queries over its own read-only connection, while the writer runs. */
const { file } = z.object({ file: z.string() }).parse(workerData);
if (parentPort === null) throw new Error('history-reader runs as a worker thread only');

serveCalls<ReaderCalls>(parentPort, file, () => {
  const session = QuerySession.open(file);
  const names = Object.keys(historyQueries) as HistoryQueryName[];
  const queries = names.map((name) => {
    const run = (args: never): unknown => session.run(name, args);
    return [name, { args: historyQueries[name].args, run }] as const;
  });
  const close = {
    args: z.null(),
    run: () => {
      session.close();
      return null;
    },
  };
  return { ...(Object.fromEntries(queries) as unknown as Handlers<Omit<ReaderCalls, 'close'>>), close };
});
