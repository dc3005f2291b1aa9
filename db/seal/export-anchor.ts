import { genesisHash } from '../chain/event-chain';
import { openReadable } from '../file/open-readable';
import type { Anchor } from '../chain/anchor';
import { ledgerGenesis } from '../chain/ledger-chain';
import { readLedgerBody, type LedgerRow } from './ledger-body';
import { syncLog } from './durable';
import { keyBodySchema, signatureBodySchema } from '../chain/ledger-entry';

interface Head {
  id: number;
  hash: Buffer;
}

/**
 * The anchor of a history: its last signature with what that signs, or its heads at `nowMs` when it is not signed. Opens the
 * file read-only. Throws a HistoryError when it is not a history that can be read, or such a row is not what Heron writes.
 */
export function exportAnchor(file: string, nowMs: number): Anchor {
  const db = openReadable(file);
  try {
    db.exec('BEGIN');
    const historyId = String(
      db.prepare("SELECT value FROM meta WHERE key = 'history-id'").pluck().get() ?? '',
    );
    const lastOf = (kind: string): LedgerRow | undefined =>
      db
        .prepare<[string], LedgerRow>(
          'SELECT id, kind, at_ms AS atMs, body FROM ledger WHERE kind = ? ORDER BY id DESC LIMIT 1',
        )
        .get(kind);
    const signature = lastOf('signature');
    const key = lastOf('key');
    if (signature && key) {
      const signed = readLedgerBody(signatureBodySchema, signature, file);
      const { publicKey } = readLedgerBody(keyBodySchema, key, file);
      const { ledger, events } = signed;
      return {
        format: 'heron-anchor-1',
        historyId,
        atMs: signature.atMs,
        ledger,
        events,
        publicKey,
        signature: signed.signature,
      };
    }
    const head = (table: 'ledger' | 'events', genesis: Buffer): Anchor['ledger'] => {
      const row = db.prepare<[], Head>(`SELECT id, hash FROM ${table} ORDER BY id DESC LIMIT 1`).get() ?? {
        id: 0,
        hash: genesis,
      };
      return { id: row.id, hash: row.hash.toString('hex') };
    };
    return {
      format: 'heron-anchor-1',
      historyId,
      atMs: nowMs,
      ledger: head('ledger', ledgerGenesis(historyId)),
      events: head('events', genesisHash(historyId)),
      publicKey: null,
      signature: null,
    };
  } finally {
    // A Heron that writes it without signing syncs its log later.
    syncLog(file);
    db.close();
  }
}
