import type { Series, SeriesRequest, ShareRequest, ShareSeries } from '../../domain/model/history';
import { HistoryError } from '../model/history-error';
import {
  queryMethods,
  type HistoryQueryArgs,
  type HistoryQueryMethods,
  type HistoryQueryName,
  type HistoryQueryResult,
} from '../query/history-queries';
import { WorkerClient } from '../threads/worker-client';
import type { Workers } from '../threads/workers';
import type { ReaderCalls } from '../workers/reader-calls';

/** Closing waits this long for answers under way, then ends the readers. */
const closeGraceMs = 2000;
/** With fewer edges for each reader, one reader alone is quicker. */
const leastEdgesEach = 4;
/** A query that takes a reader longer than this is reported. */
const slowQueryMs = 50;

/** A query that was slow, and the time it took in the reader. */
export interface SlowQuery {
  name: string;
  durationMs: number;
}

export interface ReadPoolOptions {
  file: string;
  /** Starts the readers: threads for a history that this Heron writes, else processes. */
  workers: Workers;
  /** Readers, at least one. */
  readers: number;
  onSlowQuery?: ((query: SlowQuery) => void) | undefined;
}

type Reader = WorkerClient<ReaderCalls>;

/** Several readers of one history. A query goes to the one with the least to do; one that died is replaced. */
export class ReadPool {
  /** The queries of the history. `series` and `share` are read by all readers at once. */
  readonly queries: HistoryQueryMethods = {
    ...queryMethods((name, args) => this.ask(name, args)),
    series: (request) => this.seriesOfAll(request),
    share: (request) => this.shareOfAll(request),
  };
  private readonly readers: Reader[];
  private closed = false;
  /** Resolves when the file may be opened. */
  private gate: Promise<void> = Promise.resolve();

  /** Starts the readers. They load at once, and read only after `open`. */
  constructor(private readonly options: ReadPoolOptions) {
    this.readers = Array.from({ length: options.readers }, () => this.startReader());
  }

  /** Opens the file in each reader. Rejects with a HistoryError, and has then ended them all. */
  async open(): Promise<void> {
    const results = await Promise.allSettled(this.readers.map((reader) => reader.open(null)));
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return;
    await this.close();
    throw failed.reason;
  }

  close(): Promise<void> {
    this.closed = true;
    return this.endReaders();
  }

  /**
   * Does something to the file while no reader has it open. Queries under way are answered first; those that come meanwhile
   * wait for new readers.
   */
  async whileClosed<T>(work: () => Promise<T>): Promise<T> {
    let reopen = (): void => undefined;
    this.gate = new Promise((resolve) => (reopen = resolve));
    try {
      await this.endReaders();
      return await work();
    } finally {
      reopen();
    }
  }

  /** Decoding columns is most of the work, and each edge has its own. */
  private async seriesOfAll(request: SeriesRequest): Promise<Series> {
    const parts = inParts(request.edgeIds, this.readers.length);
    const series = await Promise.all(parts.map((edgeIds) => this.ask('series', { ...request, edgeIds })));
    return mergedSeries(series) ?? this.ask('series', request);
  }

  private async shareOfAll(request: ShareRequest): Promise<ShareSeries | null> {
    const parts = this.readers.length;
    const answers = await Promise.all(
      this.readers.map((_, part) => this.ask('share', { ...request, part, parts })),
    );
    const [first, ...others] = answers.filter((answer) => answer !== null);
    if (!first) return null;
    // While an hour is compacted or pruned, two readers may answer in different steps.
    const alike = others.length + 1 === parts && others.every(({ stepMs }) => stepMs === first.stepMs);
    if (!alike) return this.ask('share', request);
    const edges = [first, ...others].flatMap((answer) => answer.edges);
    return { ...first, edges: edges.sort((a, b) => a.number - b.number) };
  }

  private startReader(): Reader {
    const { file, workers, onSlowQuery } = this.options;
    const reader = workers.start('history-reader.js', { file }, { file });
    return new WorkerClient<ReaderCalls>(reader, (name, durationMs) => {
      if (durationMs > slowQueryMs) onSlowQuery?.({ name, durationMs });
    });
  }

  private async endReaders(): Promise<void> {
    await Promise.all(
      this.readers.map(async (reader) => {
        // Not waited for: queries under way are answered first, but closing does not wait for a long one.
        if (reader.alive) void reader.call('close', null).catch(ignoreEnded);
        await reader.end(closeGraceMs);
      }),
    );
  }

  private async ask<N extends HistoryQueryName>(
    name: N,
    args: HistoryQueryArgs<N>,
  ): Promise<HistoryQueryResult<N>> {
    await this.gate;
    let chosen = 0;
    for (const [index, reader] of this.readers.entries()) {
      if (reader.load < (this.readers[chosen]?.load ?? 0)) chosen = index;
    }
    let reader = this.readers[chosen];
    if (!reader) throw new RangeError('A read pool needs at least one reader');
    if (!reader.alive && !this.closed) {
      reader = this.startReader();
      this.readers[chosen] = reader;
    }
    await reader.open(null);
    return reader.call(name, args) as Promise<HistoryQueryResult<N>>;
  }
}

/** The series of all edges, read in parts. Null: the parts do not fit together. */
function mergedSeries([first, ...others]: Series[]): Series | null {
  if (!first || others.some(({ level }) => level !== first.level)) return null;
  return { ...first, byEdge: Object.assign({}, ...[first, ...others].map(({ byEdge }) => byEdge)) };
}

/** As many parts as there are readers, none with fewer edges than make it worth while. */
function inParts(edgeIds: readonly string[], readers: number): string[][] {
  const size = Math.max(leastEdgesEach, Math.ceil(edgeIds.length / readers));
  const count = Math.max(1, Math.ceil(edgeIds.length / size));
  return Array.from({ length: count }, (_, part) => edgeIds.slice(part * size, (part + 1) * size));
}

/** At closing, a reader that has ended already is as good as one that was closed. */
function ignoreEnded(error: unknown): void {
  if (!(error instanceof HistoryError)) throw error;
}
