import Database from 'better-sqlite3';
import { migrations } from '../migrations/migrations';

/** The tables of an incident file besides those of a history. */
const extractSql = /* sql */ `
-- The one row says what this file is: canonical JSON, and its SHA-256.
CREATE TABLE extract (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  body   TEXT NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT;

-- Events that are here only because the chain to the next sealed head leads through them.
CREATE TABLE extract_links (
  id            INTEGER PRIMARY KEY,
  body          TEXT NOT NULL,
  hash          BLOB NOT NULL CHECK (length(hash) = 32),
  previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32)
) STRICT;

-- Rows that were left out of a set that a seal covers, as the line the seal digested: with them the set's digest can be made.
CREATE TABLE extract_lines (
  id       INTEGER PRIMARY KEY,
  ledger   INTEGER NOT NULL,
  sealed   TEXT    NOT NULL,
  number   INTEGER NOT NULL,
  line     TEXT    NOT NULL
) STRICT;
CREATE INDEX extract_lines_by_set ON extract_lines (ledger, sealed, number);
`;

/** Makes the tables of an incident file in an empty one. No triggers: their rules are those of a history that grows. */
export function makeTables(db: Database.Database): void {
  const made = new Database(':memory:');
  try {
    for (const step of migrations) made.exec(step.sql);
    made.exec(extractSql);
    const parts = made
      .prepare<[], string>(
        "SELECT sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL ORDER BY rowid",
      )
      .pluck();
    for (const sql of parts.all()) db.exec(sql);
  } finally {
    made.close();
  }
}

/** The name of a table, index or view that is not as `makeTables` makes it, or is missing; null: all are. */
export function changedTable(db: Database.Database): string | null {
  const made = new Database(':memory:');
  try {
    makeTables(made);
    const expected = partsOf(made);
    const found = partsOf(db);
    const names = new Set([...expected.keys(), ...found.keys()]);
    return [...names].find((name) => expected.get(name) !== found.get(name)) ?? null;
  } finally {
    made.close();
  }
}

function partsOf(db: Database.Database): Map<string, string> {
  const rows = db
    .prepare<[], [string, string, string, string | null]>(
      'SELECT name, type, tbl_name, sql FROM sqlite_schema',
    )
    .raw()
    .all();
  return new Map(rows.map(([name, ...rest]) => [name, JSON.stringify(rest)]));
}
