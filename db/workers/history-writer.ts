import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { lostTimeSchema, type TimedBatch } from '../commit';
import type { WriterCalls } from '../threads/calls';
import { serveCalls } from '../threads/serve-calls';
import { openSession } from '../recovery/open-session';
import type { Inventory } from '../../domain/inventory/inventory';

/** The writer's thread: the only connection that writes a history. */
const { file } = z.object({ file: z.string() }).parse(workerData);
if (parentPort === null) throw new Error('history-writer runs as a worker thread only');

const timeMs = z.number().int();
const optionsSchema = z.object({
  file: z.string(),
  nowMs: timeMs,
  version: z.string(),
  resume: z.boolean().default(false),
  damage: z.string().nullable().default(null),
});

serveCalls<WriterCalls>(parentPort, file, (args) => {
  const { session, report } = openSession(optionsSchema.parse(args));
  return {
    opened: { args: z.null(), run: () => report },
    commit: {
      // Batches are checked one by one, so that one that is wrong does not hold up the others.
      args: z.object({
        nowMs: timeMs,
        lost: lostTimeSchema.nullable(),
        batches: z.array(z.custom<TimedBatch>(isObject)),
      }),
      run: (commit) => ({ ...session.commit(commit), reopen: session.logLost() }),
    },
    putInventory: {
      args: z.object({ inventory: z.custom<Inventory>(isObject), atMs: timeMs }),
      run: ({ inventory, atMs }) => {
        session.putInventory(inventory, atMs);
        return null;
      },
    },
    leave: {
      args: z.null(),
      run: () => {
        session.leave();
        return null;
      },
    },
    close: {
      args: z.null(),
      run: () => {
        session.close();
        return null;
      },
    },
  };
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
