import { genesisHash } from '../event-chain';
import { openReadable } from '../file/open-readable';
import type { Anchor } from './anchor';
import { ledgerGenesis } from './ledger-chain';
import { keyBodySchema, signatureBodySchema } from './ledger-entry';

interface Head {
  id: number;
  hash: Buffer;
}

/**
 * The anchor of a history: its last signature with what that signs, or where it stands at `nowMs` when nobody signs it. Opens the
 * file read-only. Throws a HistoryError when it is not a history that can be read.
 */
export function exportAnchor(file: string, nowMs: number): Anchor {
  const db = openReadable(file);
  try {
    db.exec('BEGIN');
    const historyId = String(
      db.prepare("SELECT value FROM meta WHERE key = 'history-id'").pluck().get() ?? '',
    );
    const lastOf = (kind: string): { at_ms: number; body: string } | undefined =>
      db
        .prepare<[string], { at_ms: number; body: string }>(
          'SELECT at_ms, body FROM ledger WHERE kind = ? ORDER BY id DESC LIMIT 1',
        )
        .get(kind);
    const signature = lastOf('signature');
    const key = lastOf('key');
    if (signature && key) {
      const signed = signatureBodySchema.parse(JSON.parse(signature.body));
      const { publicKey } = keyBodySchema.parse(JSON.parse(key.body));
      const { ledger, events } = signed;
      return {
        format: 'heron-anchor-1',
        historyId,
        atMs: signature.at_ms,
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
    db.close();
  }
}
