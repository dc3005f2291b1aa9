import { createHash } from 'node:crypto';

/*
 * The chain of the ledger. Each row's hash is
 *
 *   SHA-256( "heron-ledger-1" LF id LF previous-hash-in-hex LF at_ms LF kind LF body )
 *
 * over UTF-8, numbers in decimals, `body` exactly as the row holds it. The first row's predecessor is
 * SHA-256( "heron-ledger-genesis-1" LF history-id ). It is a chain apart from that of the events: see event-chain.ts.
 */

/** The hash that stands before the first ledger row of the history with this id. 32 bytes. */
export function ledgerGenesis(historyId: string): Buffer {
  return createHash('sha256').update(`heron-ledger-genesis-1\n${historyId}`, 'utf8').digest();
}

/** The content of a ledger row, without its place in the chain. */
export interface LedgerContent {
  atMs: number;
  kind: string;
  /** Canonical JSON. */
  body: string;
}

/** The hash of one ledger row. 32 bytes. */
export function ledgerHash(id: number, previousHash: Buffer, { atMs, kind, body }: LedgerContent): Buffer {
  return createHash('sha256')
    .update(`heron-ledger-1\n${id}\n${previousHash.toString('hex')}\n${atMs}\n${kind}\n${body}`, 'utf8')
    .digest();
}
