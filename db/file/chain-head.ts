import type Database from 'better-sqlite3';
import { z } from 'zod';

const headSchema = z.object({ id: z.number().int(), hash: z.instanceof(Uint8Array) });

/** The heads of a history's chains: the last row of each, by name. Two files with the same heads have the same content. */
export interface ChainHeads {
  /** Row number of the last event; 0 when there is none. */
  lastEventId: number;
  /** `events 17 4f5a…`, one text for each chain that has rows. */
  heads: string[];
}

/** Reads the heads of the chains of an open history. */
export function readChainHeads(db: Database.Database): ChainHeads {
  const chains = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('events', 'ledger') ORDER BY name",
    )
    .all();
  const heads: string[] = [];
  let lastEventId = 0;
  for (const { name } of chains) {
    const row = db.prepare(`SELECT id, hash FROM ${name} ORDER BY id DESC LIMIT 1`).get();
    if (row === undefined) continue;
    const { id, hash } = headSchema.parse(row);
    if (name === 'events') lastEventId = id;
    heads.push(`${name} ${id} ${Buffer.from(hash).toString('hex')}`);
  }
  return { lastEventId, heads };
}
