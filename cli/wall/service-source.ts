import path from 'node:path';
import { HistoryError } from '../../db/model/history-error';
import type { HistoryReadable } from '../../db/client/history';
import { log } from '../../monitor/log/log';
import { systemClock } from '../../monitor/base/clock';
import { endOf, openReadOnly } from './file-source';
import type { Latest, WallSource } from './wall-source';

const refreshMs = 1_000;
/** A service commits at least every few seconds; after this long without a commit it has ended or hangs. */
const stalledMs = 15_000;
/** How often a history that is no longer written is opened again: its service may have been started again. */
const reopenMs = 10_000;

/**
 * The history that a service (`heron watch --db FILE`, or the app) is writing, read once a second. When it is no longer written, every
 * state is unknown. Rejects with a HistoryError when it cannot be opened.
 */
export async function serviceSource(file: string): Promise<WallSource> {
  const source = new ServiceSource(file, await openReadOnly(file));
  try {
    await source.refresh();
  } catch (fault) {
    await source.close();
    throw fault;
  }
  source.start();
  return source;
}

class ServiceSource implements WallSource {
  readonly label: string;
  readonly acknowledge = null;
  readonly acknowledgeRefusal =
    'Read-only: written by another Heron. Acknowledge in its window; heron watch takes no acknowledgements.';
  readonly #listeners = new Set<() => void>();
  #end: Awaited<ReturnType<typeof endOf>> | null = null;
  #openedMs = performance.now();
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(
    private readonly file: string,
    public history: HistoryReadable,
  ) {
    this.label = path.basename(file);
  }

  latest(): Latest {
    const end = this.#end;
    if (end === null) throw new RangeError('The history has not been read yet.');
    const nowMs = Math.max(systemClock.nowMs(), end.atMs);
    return { snapshot: end.snapshot, nowMs, time: 'live', isStalled: nowMs - end.atMs > stalledMs };
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  start(): void {
    this.#timer = setTimeout(() => void this.#again(), refreshMs);
  }

  async refresh(): Promise<void> {
    this.#end = await endOf(this.history, this.file);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.history.close();
  }

  async #again(): Promise<void> {
    try {
      if (this.latest().isStalled) await this.#reopen();
      await this.refresh();
    } catch (fault) {
      // What was read stays on screen, and becomes unknown when it is too old.
      if (!(fault instanceof HistoryError)) throw fault;
      if (!this.#isClosed) log.info(`The history could not be read: ${fault.message}`);
    } finally {
      if (!this.#isClosed) {
        for (const listener of this.#listeners) listener();
        this.start();
      }
    }
  }

  async #reopen(): Promise<void> {
    if (performance.now() - this.#openedMs < reopenMs) return;
    this.#openedMs = performance.now();
    const next = await openReadOnly(this.file);
    const before = this.history;
    this.history = next;
    await before.close();
    if (this.#isClosed) await next.close();
  }
}
