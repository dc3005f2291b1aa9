import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { WriterSession } from '../../../db/write/writer-session';
import type { Inventory } from '../../../domain/inventory/inventory';
import { uiInventory } from './fleet';

/** A folder for --user-data, in `folder`, whose history holds the inventory and nothing else. */
export function freshUserData(folder: string, inventory: Inventory = uiInventory()): string {
  const userData = path.join(folder, 'user-data');
  mkdirSync(userData);
  const nowMs = Date.now();
  const session = WriterSession.open({
    file: path.join(userData, 'history.sqlite'),
    nowMs,
    version: 'bench',
  });
  session.putInventory(inventory, nowMs);
  session.close();
  return userData;
}
