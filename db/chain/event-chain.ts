import { createHash } from 'node:crypto';

/*
 * The chain of events. Each row's hash is
 *
 *   SHA-256( "heron-event-1" LF id LF previous-hash-in-hex LF body )
 *
 * over UTF-8, where `id` is the row number in decimals and `body` the canonical JSON exactly as the row holds it. The
 * first row's predecessor is the history's genesis: SHA-256( "heron-history-1" LF history-id ). So a row cannot be
 * changed, moved, left out or carried over from another history without every later hash disagreeing.
 */

/** The hash that stands before the first event of the history with this id. 32 bytes. */
export function genesisHash(historyId: string): Buffer {
  return createHash('sha256').update(`heron-history-1\n${historyId}`, 'utf8').digest();
}

/** The hash of one event row. `body` is the row's text, unchanged. 32 bytes. */
export function eventHash(id: number, previousHash: Buffer, body: string): Buffer {
  return createHash('sha256')
    .update(`heron-event-1\n${id}\n${previousHash.toString('hex')}\n${body}`, 'utf8')
    .digest();
}
