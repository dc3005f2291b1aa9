import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeTables } from '../../../../db/extract/extract-tables';
import { migrations } from '../../../../db/migrations/migrations';
import { keysOf } from '../../../fixtures/forge/forged-file';

const doc = readFileSync(new URL('../../../../docs/history-format.md', import.meta.url), 'utf8');

/** The table "What proves what" of docs/history-format.md: by table of the file, what proves it in a history and in an incident file. */
function documented(): Map<string, string[]> {
  const section = /## What proves what\n([\s\S]*?)\n## /.exec(doc)?.[1] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    rows.flatMap((line) => {
      const [names = '', ...proofs] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [...names.matchAll(/`(\w+)`/g)].map(([, name = '']): [string, string[]] => [name, proofs]);
    }),
  );
}

function tablesMadeBy(make: (db: Database.Database) => void): string[] {
  const db = new Database(':memory:');
  try {
    make(db);
    return db
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
      )
      .pluck()
      .all()
      .sort();
  } finally {
    db.close();
  }
}

describe('What proves what', () => {
  const history = tablesMadeBy((db) => migrations.forEach(({ sql }) => db.exec(sql)));
  const incident = tablesMadeBy((db) => makeTables(db));

  it.each([
    ['history', history, 0],
    ['incident file', incident, 1],
  ])('is documented for every table of a %s', (_kind, tables, column) => {
    const proofs = documented();
    for (const table of tables) expect(proofs.get(table)?.[column], table).toMatch(/\w/);
  });

  it('names no table that does not exist', () => {
    expect([...documented().keys()].filter((name) => !incident.includes(name))).toEqual([]);
  });

  it('is attacked by the forger, table by table', () => {
    expect(Object.keys(keysOf).sort()).toEqual(incident);
  });
});
