import type Database from 'better-sqlite3';
import { checkInventory, inventoryRecord } from '../codec/inventory-record';
import { linesOfSet } from './covered-sets';
import { cutInventory, type Selection } from './select-rows';
import type { ProofSelection } from './select-proof';

type Cell = string | number | Buffer | null;

/**
 * Copies the rows of a selection as they are. Returns, by table, the numbers of those that a seal may cover (of chunks and
 * rollups: their sealings).
 */
export function copyRows(
  source: Database.Database,
  db: Database.Database,
  selection: Selection,
  clusterIds: readonly string[] | null,
): Record<string, ReadonlySet<number>> {
  const { hours, minutes } = selection;
  const edges = JSON.stringify(selection.edgeIds);
  const byIds = (table: string, ids: readonly number[]): void =>
    copy(source, db, table, 'id IN (SELECT value FROM json_each(@ids))', { ids: JSON.stringify(ids) });
  const ofEdges = 'edge IN (SELECT number FROM edges WHERE id IN (SELECT value FROM json_each(@edges)))';

  copyInventories(source, db, selection.inventoryIds, clusterIds);
  byIds('monitor_runs', selection.runIds);
  copy(source, db, 'clock_steps', 'run IN (SELECT value FROM json_each(@ids))', {
    ids: JSON.stringify(selection.runIds),
  });
  copy(source, db, 'edges', 'id IN (SELECT value FROM json_each(@edges))', { edges });
  copy(source, db, 'clusters', 'id IN (SELECT value FROM json_each(@clusters))', {
    clusters: JSON.stringify(selection.clusterIds),
  });
  byIds('spans', selection.spanIds);
  byIds('events', selection.eventIds);
  copy(source, db, 'samples', `minute BETWEEN @first AND @last AND ${ofEdges}`, { ...minutes, edges });
  // Metrics of whole UTC hours: a sealed hour is one piece. Rollups of minutes only: hours and days can be made of them.
  copy(source, db, 'chunks', `hour BETWEEN @first AND @last AND ${ofEdges}`, { ...hours, edges });
  copy(source, db, 'rollups', `level = 1 AND period BETWEEN @first AND @last AND ${ofEdges}`, {
    ...hours,
    edges,
  });
  const sealings = new Set(
    db
      .prepare<[], number>('SELECT sealing FROM chunks UNION SELECT sealing FROM rollups ORDER BY 1')
      .pluck()
      .all(),
  );
  byIds('sealings', [...sealings]);
  const numbers = (table: string, key: string): ReadonlySet<number> =>
    new Set(db.prepare<[], number>(`SELECT ${key} FROM ${table}`).pluck().all());
  return {
    // One that was cut to the chosen clusters is not the row the seal covers.
    inventory_versions: clusterIds === null ? numbers('inventory_versions', 'id') : new Set(),
    monitor_runs: numbers('monitor_runs', 'id'),
    clock_steps: numbers('clock_steps', 'id'),
    edges: numbers('edges', 'number'),
    clusters: numbers('clusters', 'number'),
    spans: numbers('spans', 'id'),
    sealings,
    chunks: sealings,
    rollups: sealings,
  };
}

/** Copies what links and covers the rows that were copied. */
export function copyProof(
  source: Database.Database,
  db: Database.Database,
  { linkIds, ledgerIds, sets }: ProofSelection,
): void {
  const links = source
    .prepare<[string], Cell[]>(
      `SELECT id, body, hash, previous_hash FROM events
        WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .raw();
  const insertLink = db.prepare('INSERT INTO extract_links VALUES (?, ?, ?, ?)');
  for (const row of links.iterate(JSON.stringify(linkIds))) insertLink.run(row);
  copy(source, db, 'ledger', 'id IN (SELECT value FROM json_each(@ids))', { ids: JSON.stringify(ledgerIds) });
  const insertLine = db.prepare(
    'INSERT INTO extract_lines (ledger, sealed, number, line) VALUES (?, ?, ?, ?)',
  );
  for (const { ledgerId, set } of sets) {
    const here = new Set(linesOfSet(db, set).map(([number]) => number));
    for (const [number, line] of linesOfSet(source, set))
      if (!here.has(number)) insertLine.run(ledgerId, set.name, number, line);
  }
}

/** Copies every row of every table. */
export function copyAll(from: Database.Database, to: Database.Database): void {
  const tables = from
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  for (const table of tables) copy(from, to, table, '1', {});
}

function copyInventories(
  source: Database.Database,
  db: Database.Database,
  ids: readonly number[],
  clusterIds: readonly string[] | null,
): void {
  const insert = db.prepare('INSERT INTO inventory_versions (id, at_ms, body, sha256) VALUES (?, ?, ?, ?)');
  const rows = source
    .prepare<[string], { id: number; atMs: number; body: string; sha256: Buffer }>(
      `SELECT id, at_ms AS atMs, body, sha256 FROM inventory_versions
        WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .all(JSON.stringify(ids));
  for (const { id, atMs, ...row } of rows) {
    const stored =
      clusterIds === null
        ? row
        : inventoryRecord(cutInventory(checkInventory(JSON.parse(row.body)), clusterIds));
    insert.run(id, atMs, stored.body, stored.sha256);
  }
}

function copy(
  source: Database.Database,
  db: Database.Database,
  table: string,
  where: string,
  values: Record<string, string | number>,
): void {
  const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
  const insert = db.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const rows = source
    .prepare<unknown[], Cell[]>(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${where}`)
    .raw();
  for (const row of rows.iterate(values)) insert.run(row);
}
