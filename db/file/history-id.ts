import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';

/** The history's own id, created at the first call: the chain of events starts from it. */
export function historyId(db: Database.Database): string {
  db.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('history-id', ?)").run(randomUUID());
  const row = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'history-id'").get();
  if (!row) throw new Error('The history has no id.');
  return row.value;
}
