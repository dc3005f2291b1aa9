import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { OpenCompaction } from './open-compaction';

/** Writes the rows that compaction makes. */
export class CompactedRows {
  private readonly insertChunk: Database.Statement<[number, number, number, number, Buffer, Buffer]>;
  private readonly insertRollup: Database.Statement<[number, number, number, number, Buffer, Buffer]>;

  constructor(db: Database.Database) {
    this.insertChunk = db.prepare(
      'INSERT INTO chunks (hour, edge, sealing, samples, sha256, body) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.insertRollup = db.prepare(
      'INSERT INTO rollups (level, period, edge, sealing, sha256, body) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  chunk(compaction: OpenCompaction, edge: number, samples: number, body: Buffer): void {
    this.insertChunk.run(compaction.period, edge, compaction.id, samples, sha256(body), body);
  }

  rollup(compaction: OpenCompaction, edge: number, body: Buffer): void {
    this.insertRollup.run(compaction.level, compaction.period, edge, compaction.id, sha256(body), body);
  }
}

function sha256(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest();
}
