import type Database from 'better-sqlite3';
import { openReadable } from '../file/open-readable';
import {
  historyQueries,
  type CheckedQueryArgs,
  type HistoryQueryName,
  type HistoryQueryResult,
} from './history-queries';
import type { QueriedFile } from './query';
import { InventoryVersions } from './read-inventory';

/** Answers queries from one open history, synchronously. Lives in a reader's thread. */
export class QuerySession {
  private readonly file: QueriedFile;

  private constructor(db: Database.Database) {
    this.file = { db, inventories: new InventoryVersions(db) };
  }

  /** Opens the file for reading. Throws a HistoryError when this Heron cannot read it. */
  static open(file: string): QuerySession {
    return new QuerySession(openReadable(file));
  }

  /**
   * Answers one query. In a transaction, so that all its reads see one moment of the file while the writer continues. Throws a
   * HistoryError.
   */
  run<N extends HistoryQueryName>(name: N, args: CheckedQueryArgs<N>): HistoryQueryResult<N> {
    const run = historyQueries[name].run as (
      file: QueriedFile,
      args: CheckedQueryArgs<N>,
    ) => HistoryQueryResult<N>;
    return this.file.db.transaction(() => run(this.file, args))();
  }

  close(): void {
    this.file.db.close();
  }
}
