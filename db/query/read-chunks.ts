import type Database from 'better-sqlite3';
import type { TimeRange } from '../../domain/model/history';
import type { Chunk } from '../codec/chunk-shape';
import { openChunk } from './open-chunk';

const hourMs = 3_600_000;

/** The chunks of these edges for the hours that overlap the range, hour by hour. */
export function* chunksOf(
  db: Database.Database,
  { edgeIds, fromMs, toMs }: TimeRange & { edgeIds: readonly string[] },
): Generator<{ edge: string; chunk: Chunk }> {
  const rows = db
    .prepare<unknown[], { edge: string; hour: number; body: Buffer }>(
      `WITH RECURSIVE hours (hour) AS (SELECT @from UNION ALL SELECT hour + 1 FROM hours WHERE hour < @to)
       SELECT edges.id AS edge, chunks.hour, chunks.body
         FROM hours CROSS JOIN edges ON edges.id IN (SELECT value FROM json_each(@edges))
         CROSS JOIN chunks ON chunks.hour = hours.hour AND chunks.edge = edges.number`,
    )
    .iterate({
      edges: JSON.stringify(edgeIds),
      from: Math.floor(fromMs / hourMs),
      to: Math.floor((toMs - 1) / hourMs),
    });
  for (const { edge, hour, body } of rows) yield { edge, chunk: openChunk(body, db.name, hour, edge) };
}
