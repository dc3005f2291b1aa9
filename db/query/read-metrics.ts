import type Database from 'better-sqlite3';
import type { PastMetrics } from '../../domain/past/past-facts';
import { fromStored, metrics, scales, type Metric } from '../codec/sample-scale';
import { openChunk } from './open-chunk';

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** A poll up to this many intervals old is valid for the instant. */
const currentIntervals = 3;
/** How far back to look for polls: enough for intervals of 20 s. */
const lookBackMs = 2 * minuteMs;
/** The assumed interval of an edge with only one poll nearby. */
const usualIntervalMs = 10_000;

/** The edges' last polls before an instant. */
export interface MetricsAt {
  /** The usual time between two polls of an edge then; null: not known. */
  intervalMs: number | null;
  of(edgeId: string): PastMetrics | null;
}

export const noMetrics: MetricsAt = { intervalMs: null, of: () => null };

/** A poll, and the time of the one before it. */
interface FoundPoll {
  atMs: number;
  beforeMs: number | null;
  answered: boolean;
  stored(metric: Metric): number | null;
}

/** Finds each edge's last poll at or before an instant, in the hot samples or in the chunk of its hour. */
export function readMetrics(db: Database.Database, edgeIds: readonly string[], atMs: number): MetricsAt {
  const found = new Map([...inChunks(db, edgeIds, atMs), ...inSamples(db, edgeIds, atMs)]);
  const intervals = [...found.values()]
    .flatMap(({ atMs: lastMs, beforeMs }) => (beforeMs === null ? [] : lastMs - beforeMs))
    .sort((a, b) => a - b);
  const intervalMs = intervals[Math.floor(intervals.length / 2)] ?? null;
  return {
    intervalMs,
    of: (edgeId) => {
      const last = found.get(edgeId);
      if (!last || atMs - last.atMs > currentIntervals * (intervalMs ?? usualIntervalMs)) return null;
      return metricsOf(last);
    },
  };
}

function metricsOf({ atMs, answered, stored }: FoundPoll): PastMetrics {
  const value = (metric: Metric): number | null => fromStored(metric, stored(metric));
  return {
    atMs,
    answered,
    latencyMs: value('latencyMs'),
    cpuPercent: value('cpuPercent'),
    swapPercent: value('swapPercent'),
    sessions: value('sessions'),
    proxyInBitsPerSecond: value('proxyInBitsPerSecond'),
    proxyOutBitsPerSecond: value('proxyOutBitsPerSecond'),
    lbInBitsPerSecond: value('lbInBitsPerSecond'),
  };
}

function inSamples(db: Database.Database, edgeIds: readonly string[], atMs: number): Map<string, FoundPoll> {
  const found = new Map<string, FoundPoll>();
  const oldest =
    db.prepare<[], { minute: number | null }>('SELECT min(minute) AS minute FROM samples').get()?.minute ??
    Infinity;
  if (oldest * minuteMs > atMs) return found;
  const stored = metrics.map((metric) => `samples.${scales[metric].column}`);
  const rows = db
    .prepare<unknown[], [string, number, number, number, ...(number | null)[]]>(
      `SELECT edges.id, samples.minute, samples.ms, samples.answered, ${stored.join(', ')}
         FROM json_each(@edges) AS wanted JOIN edges ON edges.id = wanted.value
         CROSS JOIN (SELECT value AS minute FROM json_each(@minutes)) AS minutes
         CROSS JOIN samples ON samples.minute = minutes.minute AND samples.edge = edges.number
        ORDER BY edges.number, samples.minute, samples.ms`,
    )
    .raw()
    .iterate({ edges: JSON.stringify(edgeIds), minutes: JSON.stringify(minutesBefore(atMs)) });
  for (const [edgeId, minute, ms, answered, ...values] of rows) {
    const sampledMs = minute * minuteMs + ms;
    if (sampledMs > atMs) continue;
    found.set(edgeId, {
      atMs: sampledMs,
      beforeMs: found.get(edgeId)?.atMs ?? null,
      answered: answered === 1,
      stored: (metric) => values[metrics.indexOf(metric)] ?? null,
    });
  }
  return found;
}

function minutesBefore(atMs: number): number[] {
  const first = Math.floor((atMs - lookBackMs) / minuteMs);
  const last = Math.floor(atMs / minuteMs);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function inChunks(db: Database.Database, edgeIds: readonly string[], atMs: number): Map<string, FoundPoll> {
  const found = new Map<string, FoundPoll>();
  const hours = [...new Set([Math.floor((atMs - lookBackMs) / hourMs), Math.floor(atMs / hourMs)])];
  const rows = db
    .prepare<unknown[], { edge: string; hour: number; body: Buffer }>(
      `SELECT edges.id AS edge, chunks.hour, chunks.body
         FROM json_each(@hours) AS hours CROSS JOIN json_each(@edges) AS wanted
         CROSS JOIN edges ON edges.id = wanted.value
         CROSS JOIN chunks ON chunks.hour = hours.value AND chunks.edge = edges.number
        ORDER BY hours.value`,
    )
    .iterate({ edges: JSON.stringify(edgeIds), hours: JSON.stringify(hours) });
  for (const { edge, hour, body } of rows) {
    const chunk = openChunk(body, db.name, hour, edge);
    const times = chunk.timesMs();
    const place = times.findLastIndex((timeMs) => timeMs <= atMs);
    const lastMs = times[place];
    if (lastMs === undefined || lastMs <= (found.get(edge)?.atMs ?? -Infinity)) continue;
    found.set(edge, {
      atMs: lastMs,
      beforeMs: times[place - 1] ?? found.get(edge)?.atMs ?? null,
      answered: chunk.answered()[place] === 1,
      stored: (metric) => {
        const value = chunk.storedAt(metric, place);
        return Number.isNaN(value) ? null : value;
      },
    });
  }
  return found;
}
