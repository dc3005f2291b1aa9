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

/** Since manifest format 2. Apart from the others: what it signs, the manifest, digests all of them. */
const signatureSql = /* sql */ `
-- An Ed25519 signature over the manifest, by a key of the history. No row: nobody signed this cut.
CREATE TABLE extract_signature (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  public_key TEXT NOT NULL,
  signature  TEXT NOT NULL
) STRICT;
`;

/**
 * Makes the tables of an incident file in an empty one. No triggers: their rules are those of a history that grows. `format`: that of
 * the manifest.
 */
export function makeTables(db: Database.Database, format: 1 | 2 = 2): void {
  const made = new Database(':memory:');
  try {
    for (const step of migrations) made.exec(step.sql);
    made.exec(extractSql);
    if (format === 2) made.exec(signatureSql);
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
