import type { Clock } from '../base/clock';
import type { HistoryReadable } from '../../db/client/history';
import { HistoryError } from '../../db/model/history-error';
import type { RecordedEvent } from '../../domain/model/event';
import type { Snapshot } from '../../domain/model/snapshot';

const refreshMs = 1_000;
/** A Heron commits at least every few seconds; after this long without a commit it has ended or hangs. */
const stalledMs = 15_000;
/** How often a history that is no longer written is opened again: its Heron may have been started again. */
const reopenMs = 10_000;
/** Events of one refresh; what is beyond that comes with the next one. */
const mostEvents = 500;

/** The last moment that was monitored, and the states then. */
export interface HistoryEnd {
  atMs: number;
  snapshot: Snapshot;
}

/** Reads the last monitored moment. Rejects with a HistoryError when there is none. */
export async function endOf(history: HistoryReadable, file: string): Promise<HistoryEnd> {
  const coverage = await history.coverage();
  if (coverage === null)
    throw new HistoryError({
      code: 'not-a-history',
      what: 'This history contains no monitored time.',
      where: file,
      todo: 'Choose another file, or wait until the service has polled its edges.',
    });
  const atMs = Math.max(coverage.firstMs, coverage.lastMs - 1);
  return { atMs, snapshot: await history.snapshotAt({ atMs }) };
}

/**
 * Whether something that was committed then, UTC milliseconds, is too old for a history that is being written. A later time than now
 * does not count as old: the clock was set back since.
 */
export function isNoLongerWritten(lastMs: number, nowMs: number): boolean {
  return nowMs - lastMs > stalledMs;
}

/** How a history is followed. */
export interface Following {
  file: string;
  open(file: string): Promise<HistoryReadable>;
  clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  /** Called after each refresh, also when nothing could be read: what was read before becomes too old. */
  onRefresh(newEvents: RecordedEvent[]): void;
  onFault(fault: HistoryError): void;
}

/** A history that another Heron is recording, read once a second. */
export class FollowedHistory {
  #end: HistoryEnd;
  #lastEventId: number;
  /** When the end last moved on, and when the file was last opened, by the monotonic clock. */
  #advancedMs: number;
  #openedMs: number;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  private constructor(
    private readonly following: Following,
    private current: HistoryReadable,
    first: { end: HistoryEnd; lastEventId: number },
  ) {
    this.#end = first.end;
    this.#lastEventId = first.lastEventId;
    this.#advancedMs = this.#openedMs = following.clock.monotonicMs();
  }

  /** Follows a history that is open; it is closed with this. Rejects with a HistoryError when it has no monitored time, and leaves it open. */
  static async start(following: Following, history: HistoryReadable): Promise<FollowedHistory> {
    const [latest] = await history.events({ ...anyEvent, limit: 1 });
    const end = await endOf(history, following.file);
    const followed = new FollowedHistory(following, history, { end, lastEventId: latest?.id ?? 0 });
    followed.#schedule();
    return followed;
  }

  /** The history to query now; another one after it was opened again. */
  get history(): HistoryReadable {
    return this.current;
  }

  get end(): HistoryEnd {
    return this.#end;
  }

  get isStalled(): boolean {
    const { clock } = this.following;
    // The monotonic clock decides where the wall clock was set back.
    return (
      clock.monotonicMs() - this.#advancedMs > stalledMs || isNoLongerWritten(this.#end.atMs, clock.nowMs())
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.current.close();
  }

  #schedule(): void {
    this.#timer = setTimeout(() => void this.#again(), refreshMs);
  }

  async #again(): Promise<void> {
    let newEvents: RecordedEvent[] = [];
    try {
      if (this.isStalled) await this.#reopen();
      newEvents = await this.#refresh();
    } catch (fault) {
      // What was read before remains, and becomes unknown when it is too old.
      if (!(fault instanceof HistoryError)) throw fault;
      if (!this.#isClosed) this.following.onFault(fault);
    } finally {
      if (!this.#isClosed) {
        this.following.onRefresh(newEvents);
        this.#schedule();
      }
    }
  }

  async #refresh(): Promise<RecordedEvent[]> {
    const end = await endOf(this.current, this.following.file);
    if (end.atMs !== this.#end.atMs) this.#advancedMs = this.following.clock.monotonicMs();
    this.#end = end;
    const events = await this.current.events({ ...anyEvent, afterId: this.#lastEventId, limit: mostEvents });
    this.#lastEventId = events.at(-1)?.id ?? this.#lastEventId;
    return events;
  }

  async #reopen(): Promise<void> {
    const nowMs = this.following.clock.monotonicMs();
    if (nowMs - this.#openedMs < reopenMs) return;
    this.#openedMs = nowMs;
    const next = await this.following.open(this.following.file);
    const before = this.current;
    this.current = next;
    await before.close();
    if (this.#isClosed) await next.close();
  }
}

const anyEvent = { clusterId: null, types: null, range: null, beforeId: null };
