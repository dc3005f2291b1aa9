import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Series, SeriesRequest } from '../history';
import { fromStored, metrics, scales } from '../sample-scale';
import { seriesSteps } from '../series-steps';

const minuteMs = 60_000;
const timeMs = z.number().int().min(0);

export const seriesRequestSchema = z.object({
  edgeIds: z.array(z.string()).max(10_000),
  metric: z.enum(metrics),
  fromMs: timeMs,
  toMs: timeMs,
  points: z.number().int().min(1).max(20_000),
});

interface Cell {
  edge: string;
  step: number;
  value: number;
}

/**
 * The average of each step, one list an edge. SQLite does the averaging: it walks from each minute that has samples to
 * the next by the primary key, and in each reads only the wanted edges.
 */
export function readSeries(db: Database.Database, request: SeriesRequest): Series {
  const steps = seriesSteps(request);
  const cells = db.prepare<[Record<string, number | string>], Cell>(seriesSql(request.metric)).all({
    edges: JSON.stringify(request.edgeIds),
    from: request.fromMs,
    to: request.toMs,
    fromMinute: Math.floor(request.fromMs / minuteMs),
    toMinute: Math.floor(request.toMs / minuteMs),
    step: steps.stepMs,
  });
  const valuesByEdge: Series['valuesByEdge'] = Object.fromEntries(
    request.edgeIds.map((id) => [id, steps.times.map(() => null)]),
  );
  for (const { edge, step, value } of cells) {
    const values = valuesByEdge[edge];
    if (values) values[step] = fromStored(request.metric, value);
  }
  return { ...steps, valuesByEdge };
}

function seriesSql(metric: SeriesRequest['metric']): string {
  const { column } = scales[metric];
  return `
    WITH RECURSIVE minutes (minute) AS (
      SELECT min(minute) FROM samples WHERE minute >= @fromMinute
      UNION ALL
      SELECT (SELECT min(minute) FROM samples WHERE minute > minutes.minute) FROM minutes
       WHERE minutes.minute < @toMinute
    )
    SELECT wanted.id AS edge, CAST((samples.minute * 60000 + samples.ms - @from) / @step AS INTEGER) AS step, avg(samples.${column}) AS value
      FROM (SELECT number, id FROM edges WHERE id IN (SELECT value FROM json_each(@edges))) AS wanted
      CROSS JOIN minutes
      CROSS JOIN samples ON samples.minute = minutes.minute AND samples.edge = wanted.number
     WHERE samples.minute * 60000 + samples.ms >= @from AND samples.minute * 60000 + samples.ms < @to
       AND samples.${column} IS NOT NULL
     GROUP BY wanted.number, step`;
}
