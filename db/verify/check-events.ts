import type Database from 'better-sqlite3';
import { eventHash, genesisHash } from '../chain/event-chain';
import type { Findings } from './findings';

type EventRow = [id: number, body: string, hash: Buffer, previousHash: Buffer, repeated: number];

/** Checks the chain of events. `onRow` is called with every row. */
export function checkEvents(
  db: Database.Database,
  historyId: string,
  findings: Findings,
  onRow: (bytes: number) => void,
): void {
  const rows = db
    .prepare<[], EventRow>(
      `SELECT id, body, hash, previous_hash,
         CASE WHEN json_valid(body) THEN time_ms IS body ->> '$.timeMs' AND recorded_ms IS body ->> '$.recordedAtMs'
           AND type IS body ->> '$.type' AND cluster IS body ->> '$.clusterId' AND edge IS body ->> '$.edgeId' END
       FROM events ORDER BY id`,
    )
    .raw();
  let before = { id: 0, hash: genesisHash(historyId) };
  for (const [id, body, hash, previousHash, repeated] of rows.iterate()) {
    const words = wrongAt(id, body, hash, previousHash, repeated === 1, before);
    if (words !== null) {
      findings.found('events', { table: 'events', id: words.id, words: words.words });
      return;
    }
    before = { id, hash };
    findings.count('events');
    onRow(body.length);
  }
}

function wrongAt(
  id: number,
  body: string,
  hash: Buffer,
  previousHash: Buffer,
  repeated: boolean,
  before: { id: number; hash: Buffer },
): { id: number; words: string } | null {
  const due = before.id + 1;
  if (id !== due) return { id: due, words: `Event ${due} is missing: after ${before.id} comes ${id}.` };
  if (!previousHash.equals(before.hash))
    return { id, words: `Event ${id} does not follow event ${before.id}: its previous hash is another one.` };
  if (!hash.equals(eventHash(id, previousHash, body)))
    return { id, words: `Event ${id} was changed after it was recorded.` };
  if (!repeated)
    return {
      id,
      words: `Event ${id} was changed: its columns (time, type, cluster, edge) do not repeat what its body says.`,
    };
  return null;
}
