import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { lostTimeSchema, type TimedBatch } from '../model/commit';
import type { WriterCalls } from './writer-calls';
import { enteringKeySchema, signedHeadSchema } from '../chain/signer';
import { defaultRetention, retentionSchema } from '../retain/retention';
import { IdleRunner } from '../threads/idle-runner';
import { serveCalls } from '../threads/serve-calls';
import { openSession } from '../recover/open-session';
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
  retention: retentionSchema.default(defaultRetention),
});

serveCalls<WriterCalls>(parentPort, file, (args) => {
  const { session, report } = openSession(optionsSchema.parse(args));
  const upkeep = new IdleRunner(() => session.stepUpkeep());
  upkeep.wake();
  return {
    opened: { args: z.null(), run: () => report },
    commit: {
      // Batches are checked one by one, so that one that is wrong does not hold up the others.
      args: z.object({
        nowMs: timeMs,
        lost: lostTimeSchema.nullable(),
        batches: z.array(z.custom<TimedBatch>(isObject)),
        clockSteps: z.array(z.object({ atMs: timeMs, byMs: timeMs })).optional(),
      }),
      run: (commit) => {
        upkeep.wake();
        return { ...session.commit(commit), reopen: session.logLost() };
      },
    },
    putInventory: {
      args: z.object({ inventory: z.custom<Inventory>(isObject), atMs: timeMs }),
      run: ({ inventory, atMs }) => {
        session.putInventory(inventory, atMs);
        return null;
      },
    },
    proofState: { args: z.null(), run: () => session.proof.state() },
    enterKey: {
      args: enteringKeySchema,
      run: (key) => {
        session.proof.enterKey(key);
        return null;
      },
    },
    enterSignature: {
      args: signedHeadSchema,
      run: (signed) => {
        session.proof.enterSignature(signed);
        return null;
      },
    },
    seal: {
      args: z.object({ nowMs: timeMs }),
      run: ({ nowMs }) => {
        session.sealNow(nowMs);
        return null;
      },
    },
    end: {
      args: z.object({ nowMs: timeMs }),
      run: ({ nowMs }) => {
        session.end(nowMs);
        return null;
      },
    },
    leave: {
      args: z.null(),
      run: () => {
        upkeep.stop();
        session.leave();
        return null;
      },
    },
    close: {
      args: z.null(),
      run: () => {
        upkeep.stop();
        session.close();
        return null;
      },
    },
  };
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
