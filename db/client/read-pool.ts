import type { HistoryReadable } from '../model/history';
import { HistoryError } from '../model/history-error';
import type { ReaderCalls } from '../workers/reader-calls';
import { ThreadClient } from '../threads/thread-client';

/** Closing waits so long for answers under way; then the threads are ended. */
const closeGraceMs = 2000;
/** Below this, asking one thread is quicker than asking several. */
const leastEdgesEach = 4;

/** Several reader threads on one history. A question goes to the one with the least to do; one that died is replaced. */
export class ReadPool implements HistoryReadable {
  private closed = false;
  /** Resolves when the file may be opened. */
  private gate: Promise<void> = Promise.resolve();

  private constructor(
    private readonly threads: ThreadClient<ReaderCalls>[],
    private readonly startThread: () => ThreadClient<ReaderCalls>,
  ) {}

  /** Starts `count` threads. They load at once, and read only after `open`. */
  static start(file: string, workersUrl: URL, count: number): ReadPool {
    const entry = new URL('history-reader.js', workersUrl);
    const start = (): ThreadClient<ReaderCalls> => new ThreadClient<ReaderCalls>(entry, { file }, file);
    return new ReadPool(Array.from({ length: count }, start), start);
  }

  /** Opens the file in each thread. Rejects with a HistoryError, and has then ended them all. */
  async open(): Promise<void> {
    const results = await Promise.allSettled(this.threads.map((thread) => thread.open(null)));
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return;
    await this.close();
    throw failed.reason;
  }

  inventory: HistoryReadable['inventory'] = () => this.ask('inventory', null);

  events: HistoryReadable['events'] = (filter) => this.ask('events', filter);

  lastFailovers: HistoryReadable['lastFailovers'] = () => this.ask('lastFailovers', null);

  spans: HistoryReadable['spans'] = (subjectIds, fromMs, toMs) =>
    this.ask('spans', { subjectIds, fromMs, toMs });

  lanes: HistoryReadable['lanes'] = (subjectIds, range) => this.ask('lanes', { subjectIds, range });

  /** Several edges' figures are read by all threads at once: taking columns apart is most of the work. */
  series: HistoryReadable['series'] = async (request) => {
    const parts = inParts(request.edgeIds, this.threads.length);
    const [first, ...others] = await Promise.all(
      parts.map((edgeIds) => this.ask('series', { ...request, edgeIds })),
    );
    if (!first || others.some(({ level }) => level !== first.level)) return this.ask('series', request);
    return { ...first, byEdge: Object.assign({}, ...[first, ...others].map(({ byEdge }) => byEdge)) };
  };

  snapshotAt: HistoryReadable['snapshotAt'] = (atMs) => this.ask('snapshotAt', { atMs });

  share: HistoryReadable['share'] = async (request) => {
    const parts = this.threads.length;
    const answers = await Promise.all(
      this.threads.map((_, part) => this.ask('share', { ...request, part, parts })),
    );
    const [first, ...others] = answers.filter((answer) => answer !== null);
    if (!first) return null;
    // While an hour is sealed or pruned one thread may answer in other steps than another.
    const alike = others.length + 1 === parts && others.every(({ stepMs }) => stepMs === first.stepMs);
    if (!alike) return this.ask('share', { ...request, part: 0, parts: 1 });
    const edges = [first, ...others].flatMap((answer) => answer.edges);
    return { ...first, edges: edges.sort((a, b) => a.number - b.number) };
  };

  availability: HistoryReadable['availability'] = (subjectIds, range) =>
    this.ask('availability', { subjectIds, range });

  gaps: HistoryReadable['gaps'] = (range) => this.ask('gaps', range);

  runs: HistoryReadable['runs'] = () => this.ask('runs', null);

  coverage: HistoryReadable['coverage'] = () => this.ask('coverage', null);

  close(): Promise<void> {
    this.closed = true;
    return this.endThreads();
  }

  /**
   * Does something to the file while no thread has it open. Questions under way are answered first; those that come meanwhile
   * wait, and are answered by new threads.
   */
  async whileClosed<T>(work: () => Promise<T>): Promise<T> {
    let reopen = (): void => undefined;
    this.gate = new Promise((resolve) => (reopen = resolve));
    try {
      await this.endThreads();
      return await work();
    } finally {
      reopen();
    }
  }

  private async endThreads(): Promise<void> {
    await Promise.all(
      this.threads.map(async (thread) => {
        // Not waited for: what is asked already is answered first, but nobody closing waits for a long answer.
        if (thread.alive) void thread.call('close', null).catch(ignoreEnded);
        await thread.end(closeGraceMs);
      }),
    );
  }

  private async ask<N extends keyof ReaderCalls & string>(
    name: N,
    args: ReaderCalls[N]['args'],
  ): Promise<ReaderCalls[N]['result']> {
    await this.gate;
    let chosen = 0;
    for (const [index, thread] of this.threads.entries()) {
      if (thread.load < (this.threads[chosen]?.load ?? 0)) chosen = index;
    }
    let thread = this.threads[chosen];
    if (!thread) throw new RangeError('A read pool needs at least one thread');
    if (!thread.alive && !this.closed) {
      thread = this.startThread();
      this.threads[chosen] = thread;
    }
    await thread.open(null);
    return thread.call(name, args);
  }
}

/** As many parts as there are threads, none with fewer edges than make it worth while. */
function inParts(edgeIds: readonly string[], threads: number): string[][] {
  const size = Math.max(leastEdgesEach, Math.ceil(edgeIds.length / threads));
  const count = Math.max(1, Math.ceil(edgeIds.length / size));
  return Array.from({ length: count }, (_, part) => edgeIds.slice(part * size, (part + 1) * size));
}

/** At closing, a thread that has ended already is as good as one that was closed. */
function ignoreEnded(error: unknown): void {
  if (!(error instanceof HistoryError)) throw error;
}
