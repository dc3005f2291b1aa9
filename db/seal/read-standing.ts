import type { ProofStanding } from '../../domain/contract/history-proof';
import { openReadable } from '../file/open-readable';
import { readLedgerBody, type LedgerRow } from './ledger-body';
import { keyBodySchema, sealBodySchema, signatureBodySchema } from '../chain/ledger-entry';
import { fingerprintOf } from '../chain/signed-text';

/**
 * How far a history is sealed and signed, from its ledger's last rows. Opens the file read-only. Throws a HistoryError when it is
 * not a history that can be read, or when a row that is needed is not what Heron writes: a verification reports more.
 */
export function readProofStanding(file: string): ProofStanding {
  const db = openReadable(file);
  try {
    db.exec('BEGIN');
    const rows = db.prepare<[kind: string, most: number], LedgerRow>(
      'SELECT id, kind, at_ms AS atMs, body FROM ledger WHERE kind = ? ORDER BY id DESC LIMIT ?',
    );
    const counted = (sql: string): number => Number(db.prepare(sql).pluck().get());
    const seal = rows.get('seal', 1);
    const signature = rows.get('signature', 1);
    const signed = signature && readLedgerBody(signatureBodySchema, signature, file);
    return {
      file,
      historyId: String(db.prepare("SELECT value FROM meta WHERE key = 'history-id'").pluck().get() ?? ''),
      lastEventId: counted('SELECT coalesce(max(id), 0) FROM events'),
      seals: counted("SELECT count(*) FROM ledger WHERE kind = 'seal'"),
      lastSeal: seal
        ? {
            atMs: seal.atMs,
            ledgerId: seal.id,
            eventId: readLedgerBody(sealBodySchema, seal, file).events.id,
          }
        : null,
      lastSignature:
        signature && signed
          ? { atMs: signature.atMs, ledgerId: signature.id, eventId: signed.events.id, key: signed.key }
          : null,
      // -1: all of them. There is one per change of keys.
      keys: rows
        .all('key', -1)
        .reverse()
        .map((row) => {
          const { publicKey, previousKey, endorsement } = readLedgerBody(keyBodySchema, row, file);
          return {
            fingerprint: fingerprintOf(publicKey),
            sinceMs: row.atMs,
            vouched: previousKey === null ? null : endorsement !== null,
          };
        }),
    };
  } finally {
    db.close();
  }
}
