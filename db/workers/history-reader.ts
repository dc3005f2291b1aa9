import { z } from 'zod';
import { refuseOtherSchemaOf } from '../extract/expected-schema';
import { historyQueries, type HistoryQueryName } from '../query/history-queries';
import { QuerySession } from '../query/query-session';
import { serveCalls, type Handlers } from '../threads/serve-calls';
import { workerStart } from '../threads/worker-port';
import type { ReaderCalls } from './reader-calls';

/** A reader: answers queries over its own read-only connection, while the writer runs. */
const { data, port, apart } = await workerStart();
const { file } = z.object({ file: z.string() }).parse(data);

serveCalls<ReaderCalls>(port, file, () => {
  if (apart) refuseOtherSchemaOf(file);
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
