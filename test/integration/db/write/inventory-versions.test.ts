import Database from 'better-sqlite3';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../../domain/inventory/inventory';
import { openHistory } from '../../../../db/open-history';
import { workersUrl } from '../../../fixtures/history/built-workers';
import { anInventory, noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const password = 'correct-horse-battery';

/** The inventory with its passwords looked up, as it must never get here: in every place one could put them. */
function resolvedInventories(): Inventory[] {
  const inventory = anInventory();
  const [credential] = inventory.credentials;
  if (credential?.version !== '3') throw new Error('the fixture has an SNMPv3 credential');
  const withCredential = (other: object): Inventory => ({
    ...inventory,
    credentials: [{ ...credential, ...other } as Inventory['credentials'][number]],
  });
  return [
    withCredential({ password }),
    withCredential({ auth: { ...credential.auth, password } }),
    withCredential({ priv: { ...credential.priv, key: password } }),
    { ...inventory, secrets: { noc: password } } as Inventory,
    {
      ...inventory,
      standaloneEdges: inventory.standaloneEdges.map((edge) => ({ ...edge, community: password })),
    },
    {
      ...inventory,
      clusters: inventory.clusters.map((cluster) => ({
        ...cluster,
        edges: cluster.edges.map((edge) => ({ ...edge, snmp: { port: 161, credential: 'noc', password } })),
      })),
    },
  ];
}

describe('Inventory versions', () => {
  it('never hold a password: the whole inventory is refused, and no byte of it reaches the disk', async () => {
    const folder = temporaryFolder();
    const history = await openHistory({ file: path.join(folder, 'history.sqlite'), workersUrl });
    for (const resolved of resolvedInventories()) {
      const error: unknown = await history.putInventory(resolved, noonMs).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ failure: { code: 'bad-request' } });
      expect(String(error)).not.toContain(password);
    }
    await history.putInventory(anInventory(), noonMs);
    for (const name of readdirSync(folder)) {
      expect(readFileSync(path.join(folder, name)).includes(password)).toBe(false);
    }
    await history.close();
    const db = new Database(path.join(folder, 'history.sqlite'), { readonly: true });
    const bodies = db.prepare<[], string>('SELECT body FROM inventory_versions').pluck().all();
    expect(bodies).toHaveLength(1);
    expect(JSON.parse(bodies[0]!)).toEqual(JSON.parse(JSON.stringify(anInventory())));
    db.close();
  });

  it('are kept all, and the same again is none', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    for (const [index, name] of ['fra-01', 'fra-01', 'ams-01', 'fra-01'].entries()) {
      const history = await openHistory({ file, workersUrl });
      await history.putInventory(anInventory(name), noonMs + index);
      await history.close();
    }
    const db = new Database(file);
    expect(db.prepare('SELECT at_ms - ? FROM inventory_versions ORDER BY id').pluck().all(noonMs)).toEqual([
      0, 2, 3,
    ]);
    expect(db.prepare('SELECT id FROM clusters ORDER BY number').pluck().all()).toEqual(['fra-01', 'ams-01']);
    expect(() => db.exec("UPDATE inventory_versions SET body = '{}'")).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM inventory_versions')).toThrow(/never deleted/);
    db.close();
  });
});
