import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { Pseudonyms } from '../../domain/redaction/pseudonyms';
import { canonicalJson } from '../codec/canonical-json';
import { eventHash, genesisHash } from '../chain/event-chain';
import { checkInventory, inventoryRecord } from '../codec/inventory-record';
import type { Manifest } from '../file/manifest';
import type { Selection } from './select-rows';

/**
 * Puts pseudonyms for every name and address into the rows that were copied, and chains the events again: a redacted file
 * can no longer be compared with the history it came from. Returns its id and the clusters it names.
 */
export function redactRows(
  db: Database.Database,
  { inventories }: Pick<Selection, 'inventories'>,
  clusterIds: readonly string[] | null,
): Pick<Manifest, 'historyId' | 'clusterIds'> {
  const pseudonyms = new Pseudonyms(inventories);
  learnMore(db, inventories, pseudonyms);
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
  const runs = db.prepare<[], { id: number; host: string }>('SELECT id, host FROM monitor_runs').all();
  for (const { id, host } of runs)
    db.prepare("UPDATE monitor_runs SET host = ?, time_zone = 'UTC' WHERE id = ?").run(
      pseudonyms.other('host', host),
      id,
    );
  eventRows(db, pseudonyms, historyId);
  return { historyId, clusterIds: clusterIds?.map((id) => pseudonyms.id(id)) ?? null };
}

/** Names that are in none of the inventories of the range: of edges that moved away before, of the computers that watched. */
function learnMore(
  db: Database.Database,
  inventories: Selection['inventories'],
  pseudonyms: Pseudonyms,
): void {
  for (const host of db.prepare<[], string>('SELECT DISTINCT host FROM monitor_runs').pluck().iterate())
    pseudonyms.other('host', host);
  for (const credential of inventories.flatMap(({ credentials }) => credentials)) {
    pseudonyms.other('credential', credential.name);
    if (credential.version === '3') pseudonyms.other('user', credential.user);
  }
  for (const body of db.prepare<[], string>('SELECT body FROM events ORDER BY id').pluck().iterate()) {
    for (const [key, value] of namesIn(JSON.parse(body))) {
      const kind = /cluster/i.test(key) ? 'former-cluster' : 'former-edge';
      pseudonyms.other(kind, value);
    }
  }
}

function* namesIn(value: unknown): Generator<[key: string, name: string]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'string' && /(ClusterName|clusterName|EdgeName|edgeName)$/.test(key))
      yield [key, item];
    else if (Array.isArray(item) && key === 'edgeNames') for (const name of item) yield [key, String(name)];
    else yield* namesIn(item);
  }
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

function spanRows(db: Database.Database, pseudonyms: Pseudonyms): void {
  const rows = db
    .prepare<[], { id: number; subject: string; reasons: string | null }>(
      'SELECT id, subject, reasons FROM spans',
    )
    .all();
  const update = db.prepare('UPDATE spans SET subject = ?, reasons = ? WHERE id = ?');
  // The index of open spans is unique: each subject is first moved out of the way.
  for (const { id } of rows) update.run(`\u0000${id}`, null, id);
  for (const { id, subject, reasons } of rows)
    update.run(
      pseudonyms.id(subject),
      reasons === null ? null : canonicalJson(pseudonyms.value(JSON.parse(reasons))),
      id,
    );
}

function eventRows(db: Database.Database, pseudonyms: Pseudonyms, historyId: string): void {
  const rows = db.prepare<[], { body: string }>('SELECT body FROM events ORDER BY id').all();
  db.exec('DELETE FROM events');
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  let previous = genesisHash(historyId);
  for (const [index, row] of rows.entries()) {
    const event = pseudonyms.value(JSON.parse(row.body)) as Record<string, string | number | null>;
    const body = canonicalJson(event);
    const hash = eventHash(index + 1, previous, body);
    const { timeMs, recordedAtMs, type, clusterId, edgeId } = event;
    insert.run(
      ...[index + 1, timeMs, recordedAtMs, type, clusterId ?? null, edgeId ?? null, body, hash, previous],
    );
    previous = hash;
  }
}
