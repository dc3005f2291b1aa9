import type Database from 'better-sqlite3';
import { canonicalJson } from '../codec/canonical-json';
import { ledgerGenesis, ledgerHash } from './ledger-chain';
import type { LedgerEntry } from './ledger-entry';

/** The last row of a chain; number 0 is its genesis. */
export interface ChainHead {
  id: number;
  hash: Buffer;
}

/** Appends rows to the ledger. */
export class LedgerWriter {
  private readonly readHead: Database.Statement<[], ChainHead>;
  private readonly insert: Database.Statement<unknown[]>;

  constructor(
    db: Database.Database,
    private readonly historyId: string,
  ) {
    this.readHead = db.prepare('SELECT id, hash FROM ledger ORDER BY id DESC LIMIT 1');
    this.insert = db.prepare(
      'INSERT INTO ledger (id, at_ms, kind, body, hash, previous_hash) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  /** The last row, read from the file: a rolled-back transaction leaves no trace. */
  head(): ChainHead {
    return this.readHead.get() ?? { id: 0, hash: ledgerGenesis(this.historyId) };
  }

  /** Appends a row. Call it in the transaction that does what the row records. */
  append(atMs: number, entry: LedgerEntry): ChainHead {
    const previous = this.head();
    const body = canonicalJson(entry.body);
    const id = previous.id + 1;
    const hash = ledgerHash(id, previous.hash, { atMs, kind: entry.kind, body });
    this.insert.run(id, atMs, entry.kind, body, hash, previous.hash);
    return { id, hash };
  }
}
