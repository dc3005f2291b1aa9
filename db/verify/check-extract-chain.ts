import type Database from 'better-sqlite3';
import { eventHash, genesisHash } from '../chain/event-chain';
import { parseLedgerEntry, type LedgerEntry } from '../chain/ledger-entry';
import { ledgerHash } from '../chain/ledger-chain';
import { KeyCheck } from './check-keys';
import type { CheckName, Findings } from './findings';
import type { Manifest } from '../file/manifest';

type LedgerRow = [id: number, atMs: number, kind: string, body: string, hash: Buffer, previousHash: Buffer];
type ChainRow = [
  id: number,
  body: string,
  hash: Buffer,
  previousHash: Buffer,
  isEvent: number,
  repeated: number,
];

/** A seal that is in an incident file. */
export interface Seal {
  id: number;
  entry: LedgerEntry & { kind: 'seal' };
}

/** Event heads that seals name, by the event's number. */
type Heads = Map<number, { hash: string; ledgerId: number }>;

/** The ledger rows of an incident file: each has its hash, those that follow each other are chained, signatures are the keys'. */
export function checkLedger(
  db: Database.Database,
  { historyId }: Manifest,
  findings: Findings,
): { heads: Heads; seals: Seal[]; keys: KeyCheck } {
  const keys = new KeyCheck(historyId, findings);
  const heads: Heads = new Map();
  const seals: Seal[] = [];
  const hashes = new Map<number, string>();
  let before: { id: number; hash: Buffer } | null = null;
  const rows = db
    .prepare<[], LedgerRow>('SELECT id, at_ms, kind, body, hash, previous_hash FROM ledger ORDER BY id')
    .raw();
  for (const [id, atMs, kind, body, hash, previousHash] of rows.iterate()) {
    const bad = (what: string): void =>
      findings.found('ledger', { table: 'ledger', id, words: `Ledger row ${id} ${what}.` });
    if (!hash.equals(ledgerHash(id, previousHash, { atMs, kind, body })))
      bad('was changed after it was recorded');
    if (before?.id === id - 1 && !previousHash.equals(before.hash)) bad(`does not follow row ${before.id}`);
    before = { id, hash };
    hashes.set(id, hash.toString('hex'));
    let entry: LedgerEntry;
    try {
      entry = parseLedgerEntry(kind, body);
    } catch {
      bad('cannot be understood');
      continue;
    }
    if (entry.kind === 'key') keys.enter(id, entry.body);
    if (entry.kind === 'signature') keys.signature(id, atMs, entry.body, (of) => hashes.get(of) ?? null);
    if (entry.kind === 'seal') {
      seals.push({ id, entry });
      heads.set(entry.body.events.id, { hash: entry.body.events.hash, ledgerId: id });
    }
  }
  return { heads, seals, keys };
}

/** Follows the events, and what links them, from each run of rows to the head that a seal names. Returns how many events lead to a head. */
export function checkChain(
  db: Database.Database,
  { historyId, redacted, lastEventId }: Manifest,
  heads: Heads,
  findings: Findings,
  unproven: (check: CheckName, words: string) => void,
): number {
  const rows = db
    .prepare<[], ChainRow>(
      `SELECT id, body, hash, previous_hash, 1 AS isEvent,
         CASE WHEN json_valid(body) THEN time_ms IS body ->> '$.timeMs' AND recorded_ms IS body ->> '$.recordedAtMs'
           AND type IS body ->> '$.type' AND cluster IS body ->> '$.clusterId' AND edge IS body ->> '$.edgeId' END
         FROM events
       UNION ALL SELECT id, body, hash, previous_hash, 0, 1 FROM extract_links ORDER BY 1`,
    )
    .raw();
  let before: { id: number; hash: Buffer } = { id: 0, hash: genesisHash(historyId) };
  let waiting = 0;
  let chained = 0;
  let open = 0;
  let alone = 0;
  const endRun = (): void => {
    if (before.id === lastEventId) open += waiting;
    else alone += waiting;
    waiting = 0;
  };
  for (const [id, body, hash, previousHash, isEvent, repeated] of rows.iterate()) {
    const bad = (what: string): void =>
      findings.found('events', { table: 'events', id, words: `Event ${id} ${what}.` });
    if (!hash.equals(eventHash(id, previousHash, body))) bad('was changed after it was recorded');
    if (repeated !== 1) bad('was changed: its columns do not repeat what its body says');
    if (id !== before.id + 1) endRun();
    else if (!previousHash.equals(before.hash)) bad(`does not follow event ${before.id}`);
    waiting += isEvent;
    const head = heads.get(id);
    if (head && head.hash !== hash.toString('hex'))
      bad(`is not the one that ledger row ${head.ledgerId} names`);
    else if (head) {
      chained += waiting;
      waiting = 0;
    }
    before = { id, hash };
  }
  endRun();
  if (redacted) return 0;
  if (open > 0) unproven('events', `${open} came after the last seal: chained, and not sealed yet.`);
  if (alone > 0) unproven('events', `${alone} stand alone: no seal leads to them.`);
  return chained;
}
