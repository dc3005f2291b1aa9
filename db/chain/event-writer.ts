import type Database from 'better-sqlite3';
import type { HeronEvent, RecordedEvent } from '../../domain/model/event';
import { canonicalJson } from '../codec/canonical-json';
import { eventHash, genesisHash } from './event-chain';

interface Head {
  id: number;
  hash: Buffer;
}

/** Appends events to the chain. */
export class EventWriter {
  private readonly readHead: Database.Statement<[], Head>;
  private readonly insert: Database.Statement<unknown[]>;

  constructor(
    db: Database.Database,
    private readonly historyId: string,
  ) {
    this.readHead = db.prepare('SELECT id, hash FROM events ORDER BY id DESC LIMIT 1');
    this.insert = db.prepare(
      `INSERT INTO events (id, time_ms, recorded_ms, type, cluster, edge, body, hash, previous_hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** Appends in order. Call it inside a transaction: the head is read from the file, so a rolled-back one leaves no trace. */
  append(events: HeronEvent[]): RecordedEvent[] {
    if (events.length === 0) return [];
    let head = this.readHead.get() ?? { id: 0, hash: genesisHash(this.historyId) };
    return events.map((event) => {
      const body = canonicalJson(event);
      const id = head.id + 1;
      const hash = eventHash(id, head.hash, body);
      const cluster = 'clusterId' in event ? event.clusterId : null;
      const edge = 'edgeId' in event ? event.edgeId : null;
      this.insert.run(id, event.timeMs, event.recordedAtMs, event.type, cluster, edge, body, hash, head.hash);
      head = { id, hash };
      return { id, event };
    });
  }
}
