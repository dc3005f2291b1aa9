import type Database from 'better-sqlite3';
import { allEdges } from '../../domain/inventory/inventory';
import { checkInventory, inventoryRecord } from '../codec/inventory-record';
import type { SampleWriter } from './sample-writer';

/**
 * Stores an inventory as the version in force from `atMs` on, unless it equals the latest one, and numbers its clusters and
 * edges. One transaction. Throws a ZodError when it is not an inventory.
 */
export function storeInventory(
  db: Database.Database,
  samples: SampleWriter,
  value: unknown,
  atMs: number,
): void {
  const inventory = checkInventory(value);
  const { body, sha256 } = inventoryRecord(inventory);
  samples.forget();
  db.transaction(() => {
    const latest = db
      .prepare<[], { sha256: Buffer }>('SELECT sha256 FROM inventory_versions ORDER BY id DESC LIMIT 1')
      .get();
    if (latest && sha256.equals(latest.sha256)) return;
    db.prepare('INSERT INTO inventory_versions (at_ms, body, sha256) VALUES (?, ?, ?)').run(
      atMs,
      body,
      sha256,
    );
    const addCluster = db.prepare('INSERT OR IGNORE INTO clusters (id, first_seen_ms) VALUES (?, ?)');
    for (const cluster of inventory.clusters) addCluster.run(cluster.id, atMs);
    for (const edge of allEdges(inventory)) samples.edgeNumber(edge.id, atMs);
  }).immediate();
}
