import { isMainThread, parentPort, Worker, workerData, type MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import type { WatchdogData } from './watchdog-data';

/** The worker's end of the channel to whoever started it. */
export interface WorkerPort {
  post(message: unknown): void;
  /** Messages that arrived before are delivered first. Call it once. */
  onMessage(listener: (message: unknown) => void): void;
  /** Ends the worker once its answers are sent. */
  close(): void;
}

/** What a worker is started with. */
export interface WorkerStart {
  data: unknown;
  port: WorkerPort;
  /** True: it is a separate process, for an untrusted file. */
  apart: boolean;
}

/** The first message to a process; a thread gets the same in its `workerData`. */
const processStartSchema = z.object({
  data: z.unknown(),
  residentBytes: z.number().positive(),
  parentPid: z.number().int(),
});
export type ProcessStart = z.infer<typeof processStartSchema>;

/** A channel to the process that forked this one: Node's own, or that of Electron's utility processes. */
interface ParentChannel {
  send(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
  close(): void;
}

/** How this worker was started, and with what. Resolves once a process has its first message. */
export async function workerStart(): Promise<WorkerStart> {
  if (!isMainThread && parentPort !== null)
    return { data: workerData, port: threadPort(parentPort), apart: false };
  const channel = parentChannel();
  const queue: unknown[] = [];
  let deliver: (message: unknown) => void = (message) => queue.push(message);
  const first = await new Promise<unknown>((resolve) => {
    let started = false;
    channel.listen((message) => {
      if (started) return deliver(message);
      started = true;
      resolve(message);
    });
  });
  const { data, ...limits } = processStartSchema.parse(first);
  startWatchdog(limits);
  const port: WorkerPort = {
    post: (message) => channel.send(message),
    onMessage: (listener) => {
      deliver = listener;
      for (const message of queue.splice(0)) listener(message);
    },
    close: () => channel.close(),
  };
  return { data, port, apart: true };
}

function threadPort(port: MessagePort): WorkerPort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
    close: () => port.close(),
  };
}

function parentChannel(): ParentChannel {
  const utility = (process as { parentPort?: UtilityPort }).parentPort;
  if (utility)
    return {
      send: (message) => utility.postMessage(message),
      listen: (listener) => utility.on('message', ({ data }) => listener(data)),
      // The parent ends it as soon as it has the answer.
      close: () => undefined,
    };
  if (!process.send) throw new Error('Entries of db/workers run as a thread or as a forked process only.');
  process.once('disconnect', () => process.exit(0));
  return {
    send: (message) => void process.send?.(message, undefined, {}, () => undefined),
    listen: (listener) => void process.on('message', listener),
    close: () => undefined,
  };
}

/** The port of a utility process (electronjs.org/docs/latest/api/parent-port). */
interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** A thread of its own, since SQLite may keep this one busy for as long as the file likes. */
function startWatchdog(limits: Omit<ProcessStart, 'data'>): void {
  const entry = new URL('../workers/process-watchdog.js', import.meta.url);
  const workerData: WatchdogData = { ...limits, systemParentPid: process.ppid };
  const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 };
  new Worker(entry, { workerData, resourceLimits }).unref();
}
