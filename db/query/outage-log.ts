import type Database from 'better-sqlite3';
import type { HeronEvent } from '../../domain/model/event';
import type { outageEventTypes } from '../../domain/past/unacknowledged-outages';
import { toRecordedEvent } from './read-events';

type OutageEventType = (typeof outageEventTypes)[number];

/** How much is read at a time, and retained. */
export interface OutageLogLimits {
  /** The search back from a time ends after this many events of a type: no outage that is still of interest needs older ones. */
  leastOfType: number;
  /** Events are read and retained in ranges of this many row numbers. */
  stretchIds: number;
  /** Events; a year of 200 clusters has 44,000. Without their reasons they take about 300 bytes each. */
  mostRetained: number;
}

const usualLimits: OutageLogLimits = { leastOfType: 4_000, stretchIds: 8_192, mostRetained: 50_000 };

const always = 'true';
/** Which events of a type are needed, as a condition on its row. A time of unknown state may stand between an outage and its end. */
const needed: Record<OutageEventType, string> = {
  failover: always,
  failback: always,
  'no-active-lb': always,
  'split-brain': always,
  'users-gap': always,
  gap: always,
  start: always,
  acknowledged: always,
  'cluster-state': `instr(body, '"down"') > 0 OR instr(body, '"no-active-lb"') > 0 OR instr(body, '"unknown"') > 0`,
  'edge-state': `cluster IS NULL AND (instr(body, '"down"') > 0 OR instr(body, '"unknown"') > 0)`,
  'lb-role': `instr(body, '"master"') > 0`,
};

interface LoggedEvent {
  id: number;
  timeMs: number;
  event: HeronEvent;
}

/** The needed events of one type in one stretch of row numbers. */
interface Part {
  /** All of the type, needed or not. */
  rows: number;
  events: LoggedEvent[];
  /** The last stretch before it that has events of the type; -1: none. Row numbers of a forged file may be far apart. */
  previous: number;
}

/**
 * The events that show what had cut users off, by any time of an open file. Events never change, so what was read once is retained:
 * an instant next to another one needs nothing from the file.
 */
export class OutageLog {
  readonly #db: Database.Database;
  readonly #limits: OutageLogLimits;
  readonly #lastId: Database.Statement<[], number | null>;
  readonly #earliest: Database.Statement<[number, number], number | null>;
  readonly #lastBefore: Database.Statement<[number], number | null>;
  readonly #lastOfTypeBefore: Database.Statement<[string, number], number | null>;
  readonly #reads = new Map<OutageEventType, Database.Statement<[string, number, number], OutageRow>>();
  /** Earliest event of each stretch that is full. */
  readonly #earliestMs = new Map<number, number>();
  /** By type and stretch, the one used last at the end. */
  readonly #parts = new Map<string, Part>();
  #retained = 0;
  /** Of the stretch that still grows: how far it was read. */
  #growing = { stretch: -1, lastId: 0 };

  constructor(db: Database.Database, limits = usualLimits) {
    this.#db = db;
    this.#limits = limits;
    this.#lastId = db.prepare<[], number | null>('SELECT max(id) FROM events').pluck();
    this.#earliest = db
      .prepare<[number, number], number | null>('SELECT min(time_ms) FROM events WHERE id BETWEEN ? AND ?')
      .pluck();
    this.#lastBefore = db.prepare<[number], number | null>('SELECT max(id) FROM events WHERE id < ?').pluck();
    this.#lastOfTypeBefore = db
      .prepare<[string, number], number | null>('SELECT max(id) FROM events WHERE type = ? AND id < ?')
      .pluck();
  }

  /** In the order they were recorded. All acknowledgements are among them: each ends what came before it. */
  until(atMs: number): HeronEvent[] {
    const lastId = this.#lastId.get() ?? 0;
    this.#forgetGrown(lastId);
    const newest = this.#newestStretch(atMs, lastId);
    const found = (Object.keys(needed) as OutageEventType[]).flatMap((type) =>
      this.#ofType(type, newest, atMs),
    );
    return found.sort((a, b) => a.id - b.id).map(({ event }) => event);
  }

  /** The last stretch that has an event of this time or before. Those after it are not read. */
  #newestStretch(atMs: number, lastId: number): number {
    let stretch = this.#stretchOf(lastId);
    while (stretch > 0 && this.#earliestOf(stretch, lastId) > atMs)
      stretch = this.#earlier(stretch, this.#lastBefore.get(this.#firstId(stretch)) ?? 0);
    return stretch;
  }

  #firstId(stretch: number): number {
    return stretch * this.#limits.stretchIds;
  }

  /** The stretch of a row number before it. Numbers above 2^53 are rounded, perhaps into the stretch itself. */
  #earlier(stretch: number, id: number): number {
    return Math.min(stretch - 1, this.#stretchOf(id));
  }

  #stretchOf(id: number): number {
    return Math.floor(id / this.#limits.stretchIds);
  }

  #earliestOf(stretch: number, lastId: number): number {
    const known = this.#earliestMs.get(stretch);
    if (known !== undefined) return known;
    const end = this.#firstId(stretch + 1) - 1;
    const earliestMs = this.#earliest.get(this.#firstId(stretch), end) ?? Infinity;
    if (end <= lastId) this.#earliestMs.set(stretch, earliestMs);
    return earliestMs;
  }

  #ofType(type: OutageEventType, newest: number, atMs: number): LoggedEvent[] {
    const found: LoggedEvent[] = [];
    const most = type === 'acknowledged' ? Infinity : this.#limits.leastOfType;
    // Of the newest stretch some may be later.
    for (let stretch = newest, older = 0; stretch >= 0 && older < most;) {
      const { rows, events, previous } = this.#part(type, stretch);
      if (stretch < newest) older += rows;
      stretch = previous;
      for (const one of events) if (one.timeMs <= atMs) found.push(one);
    }
    return found;
  }

  #part(type: OutageEventType, stretch: number): Part {
    const key = `${type} ${stretch}`;
    const known = this.#parts.get(key);
    const part = known ?? this.#read(type, stretch);
    if (known) this.#parts.delete(key);
    else this.#retained += part.events.length;
    this.#parts.set(key, part);
    for (const [oldest, { events }] of this.#parts) {
      if (this.#retained <= this.#limits.mostRetained || oldest === key) break;
      this.#parts.delete(oldest);
      this.#retained -= events.length;
    }
    return part;
  }

  #read(type: OutageEventType, stretch: number): Part {
    const firstId = this.#firstId(stretch);
    const rows = this.#statement(type).all(type, firstId, this.#firstId(stretch + 1) - 1);
    const events: LoggedEvent[] = [];
    for (const { id, timeMs, body } of rows) {
      if (body === null) continue;
      events.push({ id, timeMs, event: withoutWords(toRecordedEvent(this.#db.name, { id, body }).event) });
    }
    const before = this.#lastOfTypeBefore.get(type, firstId) ?? null;
    return { rows: rows.length, events, previous: before === null ? -1 : this.#earlier(stretch, before) };
  }

  #statement(type: OutageEventType): Database.Statement<[string, number, number], OutageRow> {
    const known = this.#reads.get(type);
    if (known) return known;
    const made = this.#db.prepare<[string, number, number], OutageRow>(
      `SELECT id, time_ms AS timeMs, CASE WHEN ${needed[type]} THEN body END AS body
         FROM events WHERE type = ? AND id BETWEEN ? AND ? ORDER BY id`,
    );
    this.#reads.set(type, made);
    return made;
  }

  /** The last stretch is read again when it has grown. */
  #forgetGrown(lastId: number): void {
    if (lastId === this.#growing.lastId) return;
    for (const type of Object.keys(needed)) {
      const key = `${type} ${this.#growing.stretch}`;
      this.#retained -= this.#parts.get(key)?.events.length ?? 0;
      this.#parts.delete(key);
    }
    this.#growing = { stretch: this.#stretchOf(lastId), lastId };
  }
}

interface OutageRow {
  id: number;
  timeMs: number;
  /** Null: not needed. */
  body: string | null;
}

/** Only the code of the first reason tells outages apart; the rest would be most of an event's memory. */
function withoutWords(event: HeronEvent): HeronEvent {
  if (event.type === 'lb-role') return { ...event, reasons: [], witnesses: [] };
  if (event.type !== 'cluster-state' && event.type !== 'edge-state') return event;
  return {
    ...event,
    reasons: event.reasons.slice(0, 1).map((reason) => ({ ...reason, fact: '', detail: '' })),
  };
}
