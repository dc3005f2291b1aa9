import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { rangeSchema, seriesRequestSchema, shareRequestSchema } from '../../domain/model/history';
import { eventFilterSchema } from '../query/read-events';
import { ReaderSession } from '../query/reader-session';
import type { ReaderCalls } from './reader-calls';
import { serveCalls } from '../threads/serve-calls';

/** A reader's thread: answers questions from its own read-only connection, beside the writer. */
const { file } = z.object({ file: z.string() }).parse(workerData);
if (parentPort === null) throw new Error('history-reader runs as a worker thread only');

const timeMs = z.number().int();

serveCalls<ReaderCalls>(parentPort, file, () => {
  const session = ReaderSession.open(file);
  return {
    inventory: { args: z.null(), run: () => session.inventory() },
    events: { args: eventFilterSchema, run: (filter) => session.events(filter) },
    lastFailovers: { args: z.null(), run: () => session.lastFailovers() },
    spans: {
      args: z.object({ subjectIds: z.array(z.string()), fromMs: timeMs, toMs: timeMs }),
      run: ({ subjectIds, fromMs, toMs }) => session.spans(subjectIds, fromMs, toMs),
    },
    lanes: {
      args: z.object({ subjectIds: z.array(z.string()), range: rangeSchema }),
      run: ({ subjectIds, range }) => session.lanes(subjectIds, range),
    },
    series: { args: seriesRequestSchema, run: (request) => session.series(request) },
    snapshotAt: { args: z.object({ atMs: timeMs.min(0) }), run: ({ atMs }) => session.snapshotAt(atMs) },
    share: {
      args: shareRequestSchema.extend({ part: z.number().int().min(0), parts: z.number().int().min(1) }),
      run: (request) => session.share(request),
    },
    availability: {
      args: z.object({ subjectIds: z.array(z.string()).max(20_000), range: rangeSchema }),
      run: ({ subjectIds, range }) => session.availability(subjectIds, range),
    },
    gaps: { args: rangeSchema, run: (range) => session.gaps(range) },
    runs: { args: z.null(), run: () => session.runs() },
    coverage: { args: z.null(), run: () => session.coverage() },
    close: {
      args: z.null(),
      run: () => {
        session.close();
        return null;
      },
    },
  };
});
