import type Database from 'better-sqlite3';
import type { Inventory } from '../../domain/inventory/inventory';
import type { RecordedEvent } from '../../domain/event';
import { openReadable } from '../file/open-readable';
import type { EventFilter, Series, SeriesRequest, Span } from '../history';
import { checkInventory } from '../inventory-record';
import { readEvents, readLastFailovers } from './read-events';
import { readSeries } from './read-series';

/** Answers questions from one open history. Lives in a reader's thread. */
export class ReaderSession {
  private constructor(private readonly db: Database.Database) {}

  /** Opens the file for reading. Throws a HistoryError when it cannot be read by this Heron. */
  static open(file: string): ReaderSession {
    return new ReaderSession(openReadable(file));
  }

  /** The inventory in force, or null when none was ever taken. */
  inventory(): Inventory | null {
    const row = this.db
      .prepare<[], { body: string }>('SELECT body FROM inventory_versions ORDER BY id DESC LIMIT 1')
      .get();
    return row ? checkInventory(JSON.parse(row.body)) : null;
  }

  events(filter: EventFilter): RecordedEvent[] {
    return readEvents(this.db, filter);
  }

  lastFailovers(): Record<string, RecordedEvent> {
    return readLastFailovers(this.db);
  }

  /** Spans that overlap [fromMs, toMs), by subject and then by beginning. */
  spans(subjectIds: string[], fromMs: number, toMs: number): Span[] {
    return this.db
      .prepare<[Record<string, number | string>], Span>(
        `SELECT kind, subject AS subjectId, state, from_ms AS fromMs, to_ms AS toMs FROM spans
          WHERE subject IN (SELECT value FROM json_each(@subjects))
            AND from_ms < @to AND (to_ms IS NULL OR (to_ms > @from AND to_ms > from_ms))
          ORDER BY subject, from_ms, id`,
      )
      .all({ subjects: JSON.stringify(subjectIds), from: fromMs, to: toMs });
  }

  series(request: SeriesRequest): Series {
    return readSeries(this.db, request);
  }

  close(): void {
    this.db.close();
  }
}
