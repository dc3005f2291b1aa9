import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { OpenSealing } from './open-compaction';

/** Writes what sealing makes. */
export class SealedRows {
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

  chunk(sealing: OpenSealing, edge: number, samples: number, body: Buffer): void {
    this.insertChunk.run(sealing.period, edge, sealing.id, samples, sha256(body), body);
  }

  rollup(sealing: OpenSealing, edge: number, body: Buffer): void {
    this.insertRollup.run(sealing.level, sealing.period, edge, sealing.id, sha256(body), body);
  }
}

function sha256(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest();
}
