import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { Pseudonyms } from '../../domain/redaction/pseudonyms';
import { canonicalJson } from '../codec/canonical-json';
import { eventHash, genesisHash } from '../chain/event-chain';
import type { Inventory } from '../../domain/inventory/inventory';
import { checkInventory, inventoryRecord } from '../codec/inventory-record';
import type { Manifest } from '../file/manifest';
import type { Selection } from './select-rows';

/**
 * Puts pseudonyms for every name and address into the rows that were copied, and chains the events again: a redacted file
 * can no longer be compared with the history it came from. Names are learned from the whole history. Returns its id and the
 * clusters it names.
 */
export function redactRows(
  db: Database.Database,
  source: Database.Database,
  { inventories }: Pick<Selection, 'inventories'>,
  clusterIds: readonly string[] | null,
): Pick<Manifest, 'historyId' | 'clusterIds'> {
  const pseudonyms = new Pseudonyms([...inventories, ...inventoriesOf(source)]);
  learnMore(source, pseudonyms);
  const historyId = `redacted-${randomUUID()}`;
  inventoryRows(db, pseudonyms);
  for (const table of ['clusters', 'edges']) {
    const rows = db.prepare<[], { number: number; id: string }>(`SELECT number, id FROM ${table}`).all();
    // An id may be another's pseudonym by chance: none is unique until all are changed.
    for (const [index, { number }] of rows.entries())
      db.prepare(`UPDATE ${table} SET id = ? WHERE number = ?`).run(`\u0000${index}`, number);
    for (const { number, id } of rows)
      db.prepare(`UPDATE ${table} SET id = ? WHERE number = ?`).run(pseudonyms.id(id), number);
  }
  spanRows(db, pseudonyms);
  runRows(db, pseudonyms);
  eventRows(db, pseudonyms, historyId);
  return { historyId, clusterIds: clusterIds?.map((id) => pseudonyms.id(id)) ?? null };
}

function inventoriesOf(source: Database.Database): Inventory[] {
  const bodies = source.prepare<[], string>('SELECT body FROM inventory_versions ORDER BY id').pluck();
  return bodies.all().map((body) => checkInventory(JSON.parse(body)));
}

/** Names that are in none of the inventories: of computers that monitored, of authors, of edges that were renamed or removed. */
function learnMore(source: Database.Database, pseudonyms: Pseudonyms): void {
  for (const host of source.prepare<[], string>('SELECT DISTINCT host FROM monitor_runs').pluck().iterate())
    pseudonyms.other('host', host);
  for (const body of source.prepare<[], string>('SELECT body FROM events ORDER BY id').pluck().iterate())
    pseudonyms.learnFrom(JSON.parse(body));
}

function inventoryRows(db: Database.Database, pseudonyms: Pseudonyms): void {
  const rows = db.prepare<[], { id: number; body: string }>('SELECT id, body FROM inventory_versions').all();
  for (const { id, body } of rows) {
    const made = inventoryRecord(checkInventory(pseudonyms.inventory(checkInventory(JSON.parse(body)))));
    db.prepare('UPDATE inventory_versions SET body = ?, sha256 = ? WHERE id = ?').run(
      made.body,
      made.sha256,
      id,
    );
  }
}

function runRows(db: Database.Database, pseudonyms: Pseudonyms): void {
  const runs = db
    .prepare<[], { id: number; host: string; version: string }>('SELECT id, host, version FROM monitor_runs')
    .all();
  const update = db.prepare("UPDATE monitor_runs SET host = ?, version = ?, time_zone = 'UTC' WHERE id = ?");
  for (const { id, host, version } of runs)
    update.run(pseudonyms.other('host', host), pseudonyms.value(version, 'version'), id);
}

function spanRows(db: Database.Database, pseudonyms: Pseudonyms): void {
  const rows = db
    .prepare<[], { id: number; subject: string; state: string; reasons: string | null }>(
      'SELECT id, subject, state, reasons FROM spans',
    )
    .all();
  const update = db.prepare('UPDATE spans SET subject = ?, state = ?, reasons = ? WHERE id = ?');
  // The index of open spans is unique: each subject is first moved out of the way.
  for (const { id, state } of rows) update.run(`\u0000${id}`, state, null, id);
  for (const { id, subject, state, reasons } of rows)
    update.run(
      pseudonyms.id(subject),
      pseudonyms.value(state, 'to'),
      reasons === null ? null : canonicalJson(pseudonyms.value(JSON.parse(reasons))),
      id,
    );
}

function eventRows(db: Database.Database, pseudonyms: Pseudonyms, historyId: string): void {
  const rows = db.prepare<[], { id: number; body: string }>('SELECT id, body FROM events ORDER BY id').all();
  const newIds = new Map(rows.map(({ id }, index) => [id, index + 1]));
  db.exec('DELETE FROM events');
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  let previous = genesisHash(historyId);
  for (const [index, row] of rows.entries()) {
    const event = pseudonyms.event(JSON.parse(row.body), newIds) as Record<string, string | number | null>;
    const body = canonicalJson(event);
    const hash = eventHash(index + 1, previous, body);
    const { timeMs, recordedAtMs, type, clusterId, edgeId } = event;
    insert.run(
      ...[index + 1, timeMs, recordedAtMs, type, clusterId ?? null, edgeId ?? null, body, hash, previous],
    );
    previous = hash;
  }
}
