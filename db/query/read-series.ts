import type Database from 'better-sqlite3';
import { z } from 'zod';
import { edgesDuring, shareOverRange } from '../../domain/past/share-over-range';
import {
  seriesRequestSchema,
  shareRequestSchema,
  type Series,
  type SeriesRequest,
  type ShareSeries,
  type TimeRange,
} from '../../domain/model/history';
import { scales, type Metric } from '../codec/sample-scale';
import { seriesSteps, stepOf, unitMs } from './series-steps';
import { SeriesTable, type SeriesDraft } from './series-table';
import { chunksOf } from './read-chunks';
import { query, type QueriedFile } from './query';
import { readRollups, type RollupRows } from './read-rollups';

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** Which of a cluster's edges: those whose place, counted from 0, leaves `part` when divided by `parts`. All by default. */
const edgePart = { part: z.number().int().min(0).default(0), parts: z.number().int().min(1).default(1) };
const shareOfPartSchema = shareRequestSchema.extend(edgePart);

export const seriesQueries = {
  /** One metric of edges over time, made from samples, minutes or hours, whichever the number of points needs. */
  series: query(seriesRequestSchema, ({ db }, request) => readSeries(db, request)),
  /** The traffic of each edge of a cluster over time; null when the history knows no such cluster in the range. */
  share: query(shareOfPartSchema, readShare),
};

function readShare(
  { db, inventories }: QueriedFile,
  { clusterId, points, part, parts, ...range }: z.output<typeof shareOfPartSchema>,
): ShareSeries | null {
  const all = edgesDuring(inventories.during(range), clusterId);
  if (all.length === 0) return null;
  const edges = all.filter((_, place) => place % parts === part);
  const edgeIds = edges.map(({ id }) => id);
  const of = (metric: SeriesRequest['metric']): Series =>
    readSeries(db, { edgeIds, metric, points, ...range });
  return shareOverRange(edges, range.toMs, of('proxyInBitsPerSecond'), of('proxyOutBitsPerSecond'));
}

/**
 * A metric of edges over time, of nothing finer than `finest`. Compacted hours come from chunks, minutes or hours, as the steps need; the rest comes from the hot
 * samples: each sample is in exactly one of them. Where the chunks of the range were pruned, minutes or hours are the finest level.
 */
export function readSeries(
  db: Database.Database,
  request: SeriesRequest,
  finest: Series['level'] = 'sample',
  rollups?: RollupRows,
): Series {
  const retained = finestRetained(db, request);
  const steps = seriesSteps(request, unitMs[retained] > unitMs[finest] ? retained : finest);
  const tables = new Map(request.edgeIds.map((id) => [id, new SeriesTable(steps.times.length)]));
  const draft: SeriesDraft = { request, steps, tables };
  if (steps.level === 'sample') addChunks(db, draft);
  else readRollups(db, draft, rollups);
  addSamples(db, draft);
  const { perUnit } = scales[request.metric];
  return {
    ...steps,
    byEdge: Object.fromEntries([...tables].map(([id, table]) => [id, table.columns(perUnit)])),
  };
}

/** The finest level that is retained for the whole range. */
export function finestRetained(db: Database.Database, { fromMs, toMs }: TimeRange): Series['level'] {
  const fromHour = Math.floor(fromMs / hourMs);
  const oldest = (sql: string): number =>
    db.prepare<[], { period: number | null }>(sql).get()?.period ?? Infinity;
  const chunks = oldest('SELECT min(hour) AS period FROM chunks');
  const minutes = oldest('SELECT min(period) AS period FROM rollups WHERE level = 1');
  const days = oldest('SELECT min(period) AS period FROM rollups WHERE level = 2') * 24;
  const lost = (hours: number, coarser: number): boolean =>
    fromHour < hours && coarser < hours && coarser * hourMs < toMs;
  if (!lost(chunks, Math.min(minutes, days))) return 'sample';
  return lost(minutes, days) ? 'hour' : 'minute';
}

function addChunks(db: Database.Database, { request, steps, tables }: SeriesDraft): void {
  const { metric, toMs } = request;
  for (const { edge, chunk } of chunksOf(db, request)) {
    const table = tables.get(edge);
    if (!table) continue;
    const times = chunk.timesMs();
    const answered = chunk.answered();
    const values = chunk.stored(metric);
    for (let row = 0; row < times.length; row++) {
      const step = stepOf(steps, times[row] ?? 0, toMs);
      if (step >= 0) table.addOne(step, values[row] ?? Number.NaN, answered[row] === 0);
    }
  }
}

interface Cell {
  edge: string;
  step: number;
  min: number;
  max: number;
  sum: number;
  count: number;
  unknown: number;
}

/**
 * Adds samples that are not compacted yet. SQLite aggregates them: it moves from each minute that has samples to the next by the
 * primary key, and in each reads only the requested edges.
 */
function addSamples(db: Database.Database, { request, steps, tables }: SeriesDraft): void {
  const unit = unitMs[steps.level];
  const cells = db.prepare<[Record<string, number | string>], Cell>(samplesSql(request.metric)).iterate({
    edges: JSON.stringify(request.edgeIds),
    from: steps.fromMs,
    to: Math.ceil(request.toMs / unit) * unit,
    fromMinute: Math.floor(steps.fromMs / minuteMs),
    toMinute: Math.floor((Math.ceil(request.toMs / unit) * unit) / minuteMs),
    step: steps.stepMs,
  });
  for (const { edge, step, unknown, ...values } of cells) tables.get(edge)?.add(step, values, unknown);
}

function samplesSql(metric: Metric): string {
  const { column } = scales[metric];
  return `
    WITH RECURSIVE minutes (minute) AS (
      SELECT min(minute) FROM samples WHERE minute >= @fromMinute
      UNION ALL
      SELECT (SELECT min(minute) FROM samples WHERE minute > minutes.minute) FROM minutes
       WHERE minutes.minute < @toMinute
    )
    SELECT wanted.id AS edge,
           CAST((samples.minute * 60000 + samples.ms - @from) / @step AS INTEGER) AS step,
           min(samples.${column}) AS min, max(samples.${column}) AS max, total(samples.${column}) AS sum,
           count(samples.${column}) AS count, sum(samples.answered = 0) AS unknown
      FROM (SELECT number, id FROM edges WHERE id IN (SELECT value FROM json_each(@edges))) AS wanted
      CROSS JOIN minutes
      CROSS JOIN samples ON samples.minute = minutes.minute AND samples.edge = wanted.number
     WHERE samples.minute * 60000 + samples.ms >= @from AND samples.minute * 60000 + samples.ms < @to
     GROUP BY wanted.id, step`;
}
