import type Database from 'better-sqlite3';
import type { z } from 'zod';
import type { InventoryVersions } from './read-inventory';

/** A history open for reading, with what its queries share. */
export interface QueriedFile {
  readonly db: Database.Database;
  readonly inventories: InventoryVersions;
}

/** One query: the schema of its one argument, and the function that answers it. */
export interface Query<S extends z.ZodType, R> {
  args: S;
  run(file: QueriedFile, args: z.output<S>): R;
}

/** Declares a query. `z.void()` stands for no argument. Its function may throw a HistoryError. */
export function query<S extends z.ZodType, R>(args: S, run: Query<S, R>['run']): Query<S, R> {
  return { args, run };
}
