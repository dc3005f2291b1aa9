import Database from 'better-sqlite3';
import { z } from 'zod';
import { rangeSchema, type TimeRange } from '../../domain/model/history';
import { configurationChanges, type ConfigurationChange } from '../../domain/inventory/inventory-diff';
import type { Inventory } from '../../domain/inventory/inventory';
import { configuredRows, type InventoryVersion } from '../../domain/past/configured-time';
import { checkInventory } from '../codec/inventory-record';
import { HistoryError, issueWords } from '../model/history-error';
import { query } from './query';

export const inventoryQueries = {
  /** The inventory in force now; null: none was ever stored. */
  inventory: query(z.void(), ({ inventories }) => inventories.latest()),
  /** What each version of the inventory that came into force in the range changed, oldest first. */
  configurationChanges: query(rangeSchema, ({ inventories }, range) => [...inventories.changes(range)]),
  /** Every cluster and standalone edge that was configured at some time in the range, as it was named last. */
  configuredRows: query(rangeSchema, ({ inventories }, range) =>
    configuredRows(Array.from(inventories.versionsDuring(range), ({ inventory }) => inventory)),
  ),
};

/** Ten thousand edges take 4 MB. A longer one is not parsed: that would take minutes. */
const mostCharacters = 16_777_216;

/** Cached versions: moving through time crosses a change of inventory now and then. */
const cachedVersions = 8;

/** Reads inventories by time. Versions never change, so each is checked once. */
export class InventoryVersions {
  private readonly checked = new Map<number, Inventory>();

  constructor(private readonly db: Database.Database) {}

  /** The one in force now; null: none was ever stored. */
  latest(): Inventory | null {
    return this.one('SELECT id FROM inventory_versions ORDER BY id DESC LIMIT 1', []);
  }

  /** The one in force at a time; null: none was yet. */
  at(atMs: number): Inventory | null {
    return this.one('SELECT id FROM inventory_versions WHERE at_ms <= ? ORDER BY id DESC LIMIT 1', [atMs]);
  }

  /** Those in force at any time within the range, oldest first. */
  during(range: TimeRange): Inventory[] {
    return Array.from(this.versionsDuring(range), ({ inventory }) => inventory);
  }

  /** The same, each with the moment from which it was in force. */
  *versionsDuring({ fromMs, toMs }: TimeRange): Generator<InventoryVersion> {
    const rows = this.db
      .prepare<[number, number], { id: number; atMs: number }>(
        `SELECT id, at_ms AS atMs FROM inventory_versions
          WHERE at_ms < ? AND id >= coalesce((SELECT max(id) FROM inventory_versions WHERE at_ms <= ?), 0) ORDER BY id`,
      )
      .all(toMs, fromMs);
    for (const { id, atMs } of rows) yield { atMs, inventory: this.version(id) };
  }

  /** The differences of each version that came into force in the range from the one before it. */
  *changes({ fromMs, toMs }: TimeRange): Generator<ConfigurationChange> {
    const rows = this.db
      .prepare<[number, number], { id: number; atMs: number; beforeId: number | null }>(
        `SELECT id, at_ms AS atMs, (SELECT max(id) FROM inventory_versions AS earlier WHERE earlier.id < version.id) AS beforeId
           FROM inventory_versions AS version WHERE at_ms >= ? AND at_ms < ? ORDER BY id`,
      )
      .all(fromMs, toMs);
    for (const { id, atMs, beforeId } of rows)
      yield* configurationChanges(beforeId === null ? null : this.version(beforeId), this.version(id), atMs);
  }

  private one(sql: string, values: number[]): Inventory | null {
    const row = this.db.prepare<number[], { id: number }>(sql).get(...values);
    return row ? this.version(row.id) : null;
  }

  private version(id: number): Inventory {
    const known = this.checked.get(id);
    if (known) return known;
    const inventory = this.read(id);
    const [oldest] = this.checked.keys();
    if (this.checked.size >= cachedVersions && oldest !== undefined) this.checked.delete(oldest);
    this.checked.set(id, inventory);
    return inventory;
  }

  /** Throws a HistoryError when it is not what Heron wrote. */
  private read(id: number): Inventory {
    try {
      const body = this.db
        .prepare<[most: number, id: number], string>(
          'SELECT substr(body, 1, ?) FROM inventory_versions WHERE id = ?',
        )
        .pluck()
        .get(mostCharacters + 1, id);
      if ((body?.length ?? 0) > mostCharacters) throw new RangeError('it is too long');
      return checkInventory(JSON.parse(body ?? 'null'));
    } catch (error) {
      if (error instanceof Database.SqliteError) throw error;
      const why =
        error instanceof z.ZodError ? issueWords(error) : error instanceof Error ? error.message : '';
      throw new HistoryError({
        code: 'damaged',
        what: `Inventory version ${id} cannot be read: ${why.slice(0, 300)}.`,
        where: this.db.name,
        todo: 'The file was damaged or altered: compare it with a backup.',
      });
    }
  }
}
