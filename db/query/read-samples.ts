import type Database from 'better-sqlite3';
import { z } from 'zod';
import {
  metricSchema,
  rangeSchema,
  type Metric,
  type SampleBlock,
  type SamplePage,
} from '../../domain/model/history';
import { scales } from '../codec/sample-scale';
import { openChunk } from './open-chunk';
import { query } from './query';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const minutesPerHour = 60;
/** Chunks a page: about 17,000 samples at a poll every 10 s. */
const chunksAtATime = 48;
const metrics = metricSchema.options;

const cursorSchema = z.object({
  /** Compacted hours come first, then the rows that are not compacted yet. */
  stage: z.enum(['chunks', 'rows']),
  hour: z.number().int(),
  edge: z.number().int(),
  sealing: z.number().int(),
});
type Cursor = z.infer<typeof cursorSchema>;

const pageSchema = rangeSchema.extend({
  /** Null: all edges. */
  edgeIds: z.array(z.string()).max(100_000).nullable(),
  /** `next` of the page before; null: the first page. */
  after: cursorSchema.nullable(),
});
type PageRequest = z.output<typeof pageSchema>;

export const sampleQueries = {
  /** Every retained sample of the range, a page at a time: by hour, within it by edge, within that by time. */
  samples: query(pageSchema, ({ db }, request): SamplePage => {
    const after = request.after ?? { stage: 'chunks', hour: -1, edge: 0, sealing: 0 };
    return after.stage === 'chunks' ? chunkPage(db, request, after) : rowPage(db, request, after);
  }),
};

interface ChunkRow {
  hour: number;
  edge: number;
  sealing: number;
  id: string;
  body: Buffer;
}

function chunkPage(db: Database.Database, request: PageRequest, after: Cursor): SamplePage {
  const rows = db
    .prepare<[Record<string, number | string | null>], ChunkRow>(
      `SELECT chunks.hour, chunks.edge, chunks.sealing, edges.id, chunks.body
         FROM chunks JOIN edges ON edges.number = chunks.edge
        WHERE chunks.hour >= @from AND chunks.hour <= @to
          AND (chunks.hour, chunks.edge, chunks.sealing) > (@hour, @edge, @sealing)
          AND (@edges IS NULL OR edges.id IN (SELECT value FROM json_each(@edges)))
        ORDER BY chunks.hour, chunks.edge, chunks.sealing LIMIT ${chunksAtATime}`,
    )
    .all({ ...parameters(request), ...after, from: Math.max(after.hour, hourOf(request.fromMs)) });
  const blocks = rows.map(({ id, hour, body }): SampleBlock => {
    const chunk = openChunk(body, db.name, hour, id);
    const values = Object.fromEntries(
      metrics.map((metric) => [metric, inUnits(metric, chunk.stored(metric))]),
    );
    const answered = Uint8Array.from(chunk.answered());
    return { edgeId: id, timesMs: chunk.timesMs(), answered, values: values as SampleBlock['values'] };
  });
  const last = rows.length === chunksAtATime ? rows.at(-1) : undefined;
  const next: Cursor = last
    ? { stage: 'chunks', hour: last.hour, edge: last.edge, sealing: last.sealing }
    : { stage: 'rows', hour: hourOf(request.fromMs), edge: 0, sealing: 0 };
  return { blocks: blocks.flatMap((block) => within(block, request)), next };
}

type SampleRow = { id: string; atMs: number; answered: number } & Record<Metric, number | null>;

/** The rows of one hour, the first that has any. */
function rowPage(db: Database.Database, request: PageRequest, { hour }: Cursor): SamplePage {
  const first = db
    .prepare<[number, number], { minute: number | null }>(
      'SELECT min(minute) AS minute FROM samples WHERE minute >= ? AND minute < ?',
    )
    .get(hour * minutesPerHour, Math.ceil(request.toMs / minuteMs))?.minute;
  if (typeof first !== 'number') return { blocks: [], next: null };
  const found = Math.floor(first / minutesPerHour);
  const columns = metrics.map((metric) => `samples.${scales[metric].column} AS ${metric}`).join(', ');
  const rows = db
    .prepare<[Record<string, number | string | null>], SampleRow>(
      `SELECT edges.id, samples.minute * ${minuteMs} + samples.ms AS atMs, samples.answered, ${columns}
         FROM samples JOIN edges ON edges.number = samples.edge
        WHERE samples.minute >= @first AND samples.minute < @end
          AND (@edges IS NULL OR edges.id IN (SELECT value FROM json_each(@edges)))
        ORDER BY samples.edge, samples.minute, samples.ms`,
    )
    .all({ ...parameters(request), first, end: (found + 1) * minutesPerHour });
  const blocks: SampleBlock[] = [];
  for (let from = 0; from < rows.length;) {
    const id = rows[from]?.id ?? '';
    let to = from;
    while (rows[to]?.id === id) to += 1;
    blocks.push(blockOf(id, rows.slice(from, to)));
    from = to;
  }
  const next: Cursor = { stage: 'rows', hour: found + 1, edge: 0, sealing: 0 };
  return { blocks: blocks.flatMap((block) => within(block, request)), next };
}

function blockOf(edgeId: string, rows: readonly SampleRow[]): SampleBlock {
  const values = Object.fromEntries(
    metrics.map((metric) => [
      metric,
      inUnits(
        metric,
        Float64Array.from(rows, (row) => row[metric] ?? Number.NaN),
      ),
    ]),
  );
  return {
    edgeId,
    timesMs: Float64Array.from(rows, ({ atMs }) => atMs),
    answered: Uint8Array.from(rows, ({ answered }) => answered),
    values: values as SampleBlock['values'],
  };
}

/** Stored whole numbers in the metric's own unit, in place. */
function inUnits(metric: Metric, stored: Float64Array): Float64Array {
  const { perUnit } = scales[metric];
  if (perUnit !== 1) for (let row = 0; row < stored.length; row++) stored[row] = (stored[row] ?? 0) / perUnit;
  return stored;
}

/** The samples of a block within the range; nothing when there are none. */
function within(block: SampleBlock, { fromMs, toMs }: PageRequest): SampleBlock[] {
  const { timesMs, answered, values } = block;
  const count = timesMs.length;
  let from = 0;
  while (from < count && (timesMs[from] ?? 0) < fromMs) from += 1;
  let to = count;
  while (to > from && (timesMs[to - 1] ?? 0) >= toMs) to -= 1;
  if (to === from) return [];
  if (from === 0 && to === count) return [block];
  const cut = metrics.map((metric) => [metric, values[metric].slice(from, to)]);
  return [
    {
      ...block,
      timesMs: timesMs.slice(from, to),
      answered: answered.slice(from, to),
      values: Object.fromEntries(cut) as SampleBlock['values'],
    },
  ];
}

function parameters({ edgeIds, toMs }: PageRequest): { edges: string | null; to: number } {
  return { edges: edgeIds === null ? null : JSON.stringify(edgeIds), to: hourOf(Math.max(0, toMs - 1)) };
}

function hourOf(ms: number): number {
  return Math.floor(ms / hourMs);
}
