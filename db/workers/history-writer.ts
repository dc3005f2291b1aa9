import { z } from 'zod';
import { lostTimeSchema, type TimedBatch } from '../model/commit';
import type { WriterCalls } from './writer-calls';
import { enteringKeySchema, signedHeadSchema } from '../chain/signer';
import { defaultRetention, retentionSchema } from '../retain/retention';
import { IdleRunner } from '../threads/idle-runner';
import { serveCalls } from '../threads/serve-calls';
import { workerStart } from '../threads/worker-port';
import { openSession } from '../recover/open-session';
import type { Inventory } from '../../domain/inventory/inventory';

/** The writer's thread: the only connection that writes a history. */
const { data, port } = await workerStart();
const { file } = z.object({ file: z.string() }).parse(data);

const timeMs = z.number().int();
const optionsSchema = z.object({
  file: z.string(),
  nowMs: timeMs,
  monotonicMs: z.number().optional(),
  version: z.string(),
  resume: z.boolean().default(false),
  damage: z.string().nullable().default(null),
  retention: retentionSchema.default(defaultRetention),
});

const commitSchema = z.object({
  nowMs: timeMs,
  monotonicMs: z.number().optional(),
  lost: lostTimeSchema.nullable(),
  // Batches are checked one by one later, so that a wrong one does not block the others.
  batches: z.array(z.custom<TimedBatch>(isObject)),
  clockSteps: z.array(z.object({ atMs: timeMs, byMs: timeMs })).optional(),
});
const inventorySchema = z.object({ inventory: z.custom<Inventory>(isObject), atMs: timeMs });
const atSchema = z.object({ nowMs: timeMs });

serveCalls<WriterCalls>(port, file, (args) => {
  const { session, report } = openSession(optionsSchema.parse(args));
  const upkeep = new IdleRunner(() => session.stepUpkeep());
  upkeep.wake();
  return {
    opened: { args: z.null(), run: () => report },
    commit: {
      args: commitSchema,
      run: (commit) => {
        upkeep.wake();
        return { ...session.commit(commit), reopen: session.logLost() };
      },
    },
    putInventory: action(inventorySchema, ({ inventory, atMs }) => session.putInventory(inventory, atMs)),
    proofState: { args: z.null(), run: () => session.proof.state() },
    enterKey: action(enteringKeySchema, (key) => session.proof.enterKey(key)),
    enterSignature: action(signedHeadSchema, (signed) => session.proof.enterSignature(signed)),
    seal: action(atSchema, ({ nowMs }) => session.sealNow(nowMs)),
    end: action(atSchema, ({ nowMs }) => session.end(nowMs)),
    leave: action(z.null(), () => {
      upkeep.stop();
      session.leave();
    }),
    close: action(z.null(), () => {
      upkeep.stop();
      session.close();
    }),
  };
});

/** The handler of a call without a result. */
function action<A>(args: z.ZodType<A>, act: (args: A) => void): { args: z.ZodType<A>; run(args: A): null } {
  return {
    args,
    run: (given) => {
      act(given);
      return null;
    },
  };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
