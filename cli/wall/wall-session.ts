import type { Bracket, FailoverEvent, RecordedEvent } from '../../domain/model/event';
import type { Snapshot } from '../../domain/model/snapshot';
import { HistoryError } from '../../db/model/history-error';
import { asUnknown, readingsStoppedMs } from '../../domain/past/as-unknown';
import { clockTime, fullMoment } from '../../domain/words/clock';
import { Ink } from './line';
import type { Capabilities } from './capabilities';
import { screenLines, scrollable } from './screen-lines';
import type { Effect, Key, KeyContext } from './wall-key';
import { pressKey } from './wall-keys';
import type { WallSource } from './wall-source';
import {
  firstUi,
  openPage,
  type FailoverPicture,
  type Page,
  type Size,
  type WallData,
  type WallUi,
} from './wall-state';
import type { Line } from './line';

/** What the session draws on. */
export interface Screen {
  readonly size: Size;
  draw(lines: readonly Line[]): number;
  redraw(): void;
}

const mostEvents = 500;
/** Least time shown before and after the bracket of a failover. */
const leastAroundMs = 5_000;

/** The wall while it is on screen: what is shown, and what keys do to it. */
export class WallSession {
  readonly #ink: Ink;
  #ui: WallUi = firstUi;
  #gridColumns = 1;
  #past: { atMs: number; snapshot: Snapshot } | null = null;
  #events: readonly RecordedEvent[] | null = null;
  #failover: FailoverPicture | 'none' | null = null;
  /** Only the answer to the latest request is shown. */
  #request = 0;

  constructor(
    private readonly source: WallSource,
    private readonly screen: Screen,
    capabilities: Capabilities,
    private readonly actions: { quit(): void; suspend(): void },
  ) {
    this.#ink = new Ink(capabilities);
  }

  draw(): void {
    const { lines, gridColumns } = screenLines(this.#data(), this.#ui, this.screen.size, this.#ink);
    this.#gridColumns = gridColumns;
    this.screen.draw(lines);
  }

  /** Reads the open page again, since something happened. */
  async refresh(): Promise<void> {
    this.draw();
    const { kind } = openPage(this.#ui);
    const isEarly =
      kind === 'failover' && this.#failover !== null && this.#failover !== 'none' && !this.#failover.isWhole;
    if (this.#past === null && (kind === 'events' || isEarly)) await this.#readPage();
  }

  async press(key: Key): Promise<void> {
    const before = pageKey(openPage(this.#ui));
    const { ui, effect } = pressKey(this.#ui, key, this.#context());
    this.#ui = ui;
    const isOther = pageKey(openPage(ui)) !== before;
    if (isOther) this.#events = this.#failover = null;
    this.draw();
    if (effect !== null) await this.#do(effect);
    else if (isOther) await this.#readPage();
  }

  /** Shows the states of a time; null: the latest. */
  async travel(atMs: number | null): Promise<void> {
    if (atMs === null) {
      this.#past = null;
    } else {
      const { nowMs } = this.source.latest();
      if (atMs > nowMs) {
        this.message(`${fullMoment(atMs, 'utc')} is after the last that is known.`);
        return;
      }
      const snapshot = await this.#answered(() => this.source.history.snapshotAt({ atMs: Math.round(atMs) }));
      if (snapshot === null) return;
      this.#past = { atMs, snapshot };
    }
    this.draw();
    await this.#readPage();
  }

  async #do(effect: Effect): Promise<void> {
    switch (effect.kind) {
      case 'quit':
        return this.actions.quit();
      case 'suspend':
        return this.actions.suspend();
      case 'redraw':
        this.screen.redraw();
        return this.draw();
      case 'travel':
        return this.travel(effect.atMs);
      case 'acknowledge': {
        const done = this.source.acknowledge?.(effect.clusterId, effect.words) ?? false;
        return this.message(done ? 'Acknowledged.' : 'There is nothing to acknowledge any more.');
      }
    }
  }

  /** Shows a sentence until the next key. */
  message(words: string): void {
    this.#ui = { ...this.#ui, message: words };
    this.draw();
  }

  #data(): WallData {
    const common = {
      source: this.source.label,
      isReadOnly: this.source.acknowledge === null,
      zone: 'utc' as const,
      events: this.#events,
      failover: this.#failover,
    };
    if (this.#past !== null) {
      const { atMs, snapshot } = this.#past;
      return { ...common, snapshot, nowMs: atMs, time: 'past', isStalled: false };
    }
    const { snapshot, nowMs, time, isStalled } = this.source.latest();
    if (!isStalled) return { ...common, snapshot, nowMs, time, isStalled };
    const atMs = readingsStoppedMs(snapshot);
    const unknown = asUnknown(
      { ...snapshot, atMs },
      `No readings since ${clockTime(atMs, common.zone)} UTC.`,
    );
    return { ...common, snapshot: unknown, nowMs, time, isStalled };
  }

  #context(): KeyContext {
    const { size } = this.screen;
    const data = this.#data();
    return {
      data,
      latestMs: this.source.latest().nowMs,
      gridColumns: this.#gridColumns,
      pageLines: Math.max(1, size.rows - 8),
      mostScroll: scrollable(data, this.#ui, size, this.#ink),
      acknowledgeRefusal:
        this.#past === null ? this.source.acknowledgeRefusal : 'This is the past. Press l for now, then a.',
    };
  }

  /** Reads what the open page shows besides the snapshot. */
  async #readPage(): Promise<void> {
    const page = openPage(this.#ui);
    const request = ++this.#request;
    if (page.kind === 'events') {
      const events = await this.#answered(() => this.#readEvents(page.clusterId));
      if (request === this.#request && events !== null) this.#events = events;
    } else if (page.kind === 'failover') {
      const picture = await this.#answered(() => this.#readFailover(page));
      if (request === this.#request && picture !== null) this.#failover = picture;
    } else return;
    this.draw();
  }

  /** Null when the history could not answer; the message says why. */
  async #answered<T>(read: () => Promise<T>): Promise<T | null> {
    try {
      return await read();
    } catch (fault) {
      if (!(fault instanceof HistoryError)) throw fault;
      this.message(fault.message);
      return null;
    }
  }

  /** Events up to the time that is shown. */
  #readEvents(clusterId: string | null): Promise<RecordedEvent[]> {
    const range = { fromMs: 0, toMs: this.#shownEndMs() };
    return this.source.history.events({ clusterId, types: null, range, beforeId: null, limit: mostEvents });
  }

  #shownEndMs(): number {
    return Math.floor(this.#past?.atMs ?? this.source.latest().nowMs) + 1;
  }

  async #readFailover({
    clusterId,
    eventId,
  }: Extract<Page, { kind: 'failover' }>): Promise<FailoverPicture | 'none'> {
    const { history } = this.source;
    const endMs = this.#shownEndMs();
    const [found] = await history.events({
      clusterId,
      types: ['failover', 'failback'],
      range: { fromMs: 0, toMs: endMs },
      beforeId: eventId === null ? null : eventId + 1,
      limit: 1,
    });
    const event = found?.event;
    if (event?.type !== 'failover' && event?.type !== 'failback') return 'none';
    const range = rangeAround(event.bracket, endMs);
    const edges = this.#edgesOf(event);
    const ids = edges.map(({ id }) => id);
    const [roles, changes] = await Promise.all([
      history.spans({ ...range, subjectIds: ids }),
      history.events({ clusterId, types: ['lb-role'], range, beforeId: null, limit: mostEvents }),
    ]);
    const isWhole = range.toMs < endMs;
    return {
      id: found?.id ?? 0,
      event,
      roles,
      edges,
      changes: changes.flatMap(roleChange),
      ...range,
      isWhole,
    };
  }

  /** The two edges of the failover, then the others of the cluster. */
  #edgesOf({ clusterId, fromEdgeId, fromEdgeName, toEdgeId, toEdgeName }: FailoverEvent): {
    id: string;
    name: string;
  }[] {
    const cluster = this.#data().snapshot.clusters.find(({ id }) => id === clusterId);
    const others = (cluster?.edges ?? []).filter(({ id }) => id !== fromEdgeId && id !== toEdgeId);
    return [
      { id: fromEdgeId, name: fromEdgeName },
      { id: toEdgeId, name: toEdgeName },
      ...others.map(({ id, name }) => ({ id, name })),
    ];
  }
}

/** The same for pages that show the same, whatever is selected on them. */
function pageKey(page: Page): string {
  return JSON.stringify({ ...page, selected: null });
}

/** As much time again before and after the bracket as it is long. */
function rangeAround({ lastOldMs, firstNewMs }: Bracket, endMs: number): { fromMs: number; toMs: number } {
  const aroundMs = Math.max(leastAroundMs, firstNewMs - lastOldMs);
  return { fromMs: Math.max(0, lastOldMs - aroundMs), toMs: Math.min(endMs, firstNewMs + aroundMs) };
}

function roleChange({ event }: RecordedEvent): { edgeId: string; bracket: Bracket }[] {
  return event.type === 'lb-role' && event.bracket ? [{ edgeId: event.edgeId, bracket: event.bracket }] : [];
}
