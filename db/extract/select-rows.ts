import type Database from 'better-sqlite3';
import type { TimeRange } from '../../domain/model/history';
import { allEdges, standaloneRowId, type Inventory } from '../../domain/inventory/inventory';
import { sourceOf } from '../../domain/inventory/metrics-source';
import { thresholds } from '../../domain/model/thresholds';
import { checkInventory } from '../codec/inventory-record';

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** Metrics of an instant come from a poll at most this long before it. */
const figuresMs = 2 * minuteMs;
/** Spans of one subject and kind before the range: enough to know when its state began. */
const mostSpansBefore = 200;
const changesBefore = 3;

/** What an incident file is to show. */
export interface Wanted {
  range: TimeRange;
  clusterIds: readonly string[] | null;
}

/** The rows that needs: numbers, ascending, and ranges of samples. */
export interface Selection {
  inventoryIds: number[];
  inventories: Inventory[];
  subjects: string[];
  clusterIds: string[];
  edgeIds: string[];
  runIds: number[];
  spanIds: number[];
  eventIds: number[];
  minutes: { first: number; last: number };
  hours: { first: number; last: number };
}

/** Finds the rows that are needed to show any instant of the range as the whole history would show it. */
export function selectRows(db: Database.Database, { range, clusterIds }: Wanted): Selection {
  const { inventoryIds, inventories } = inventoriesIn(db, range);
  const chosen = clusterIds === null ? null : new Set(clusterIds.map((id) => id.replace(/^edge:/, '')));
  const clusters = inventories
    .flatMap(({ clusters: all }) => all)
    .filter(({ id }) => chosen?.has(id) ?? true);
  const edges = inventories
    .flatMap(allEdges)
    .filter((edge) => chosen === null || chosen.has(edge.clusterId ?? edge.id));
  const wanted = {
    clusterIds: [...new Set(clusters.map(({ id }) => id))],
    edgeIds: [...new Set(edges.map(({ id }) => id))],
  };
  const runIds = runsIn(db, range);
  const subjects = [...wanted.clusterIds, ...wanted.edgeIds];
  const figuresFromMs = range.fromMs - figuresMs;
  return {
    inventoryIds,
    inventories,
    ...wanted,
    subjects,
    runIds,
    spanIds: spansIn(db, range, subjects),
    eventIds: eventsIn(db, range, { ...wanted, everything: chosen === null }),
    minutes: {
      first: Math.floor(figuresFromMs / minuteMs),
      last: Math.floor((range.toMs - 1) / minuteMs),
    },
    hours: { first: Math.floor(figuresFromMs / hourMs), last: Math.floor((range.toMs - 1) / hourMs) },
  };
}

/** The inventory of a file that holds chosen clusters only. */
export function cutInventory(inventory: Inventory, clusterIds: readonly string[]): Inventory {
  const chosen = new Set(clusterIds.map((id) => id.replace(/^edge:/, '')));
  const clusters = inventory.clusters.filter(({ id }) => chosen.has(id));
  const standaloneEdges = inventory.standaloneEdges.filter(({ id }) => chosen.has(id));
  const used = new Set(
    [...clusters.flatMap(({ edges }) => edges), ...standaloneEdges].map(({ snmp }) => snmp?.credential),
  );
  const { sources = [] } = inventory;
  const read = new Set([...clusters, ...standaloneEdges].map((row) => sourceOf(row, sources)));
  const usedSources = sources.filter((source) => read.has(source));
  return {
    credentials: inventory.credentials.filter(({ name }) => used.has(name)),
    ...(usedSources.length > 0 ? { sources: usedSources } : {}),
    clusters,
    standaloneEdges,
  };
}

function inventoriesIn(
  db: Database.Database,
  { fromMs, toMs }: TimeRange,
): Pick<Selection, 'inventoryIds' | 'inventories'> {
  const rows = db
    .prepare<[number, number], { id: number; body: string }>(
      `SELECT id, body FROM inventory_versions
        WHERE at_ms < ? AND id >= coalesce((SELECT max(id) FROM inventory_versions WHERE at_ms <= ?), 0) ORDER BY id`,
    )
    .all(toMs, fromMs);
  return {
    inventoryIds: rows.map(({ id }) => id),
    inventories: rows.map(({ body }) => checkInventory(JSON.parse(body))),
  };
}

/** Those that overlap the range, and the ones before and after: they explain a hole between runs. */
function runsIn(db: Database.Database, { fromMs, toMs }: TimeRange): number[] {
  const graceMs = 60_000;
  return db
    .prepare<unknown[], number>(
      `SELECT id FROM monitor_runs WHERE start_ms < @toMs AND watched_until_ms + @graceMs >= @fromMs
       UNION SELECT * FROM (SELECT id FROM monitor_runs WHERE start_ms < @fromMs ORDER BY start_ms DESC LIMIT 1)
       UNION SELECT * FROM (SELECT id FROM monitor_runs WHERE start_ms >= @toMs ORDER BY start_ms LIMIT 1) ORDER BY 1`,
    )
    .pluck()
    .all({ fromMs, toMs, graceMs });
}

function spansIn(db: Database.Database, { fromMs, toMs }: TimeRange, subjects: readonly string[]): number[] {
  const ids = new Set(
    db
      .prepare<unknown[], number>(
        `SELECT id FROM spans WHERE subject IN (SELECT value FROM json_each(@subjects))
           AND from_ms < @toMs AND (to_ms IS NULL OR to_ms >= @fromMs)`,
      )
      .pluck()
      .all({ subjects: JSON.stringify(subjects), fromMs, toMs }),
  );
  const before = db.prepare<unknown[], { id: number; state: string }>(
    `SELECT id, state FROM spans WHERE subject = @subject AND kind = @kind AND from_ms < @fromMs
      ORDER BY from_ms DESC, id DESC LIMIT @most`,
  );
  const lastIn = db
    .prepare<unknown[], number>(
      `SELECT id FROM spans WHERE subject = @subject AND kind = @kind AND state = @state
          AND state IN ('master', 'no-active-lb') AND from_ms < @fromMs AND to_ms IS NOT from_ms
        ORDER BY from_ms DESC LIMIT 1`,
    )
    .pluck();
  for (const subject of subjects) {
    for (const kind of ['cluster-health', 'edge-health', 'lb-role']) {
      let changes = 0;
      let state: string | null = null;
      for (const span of before.iterate({ subject, kind, fromMs, most: mostSpansBefore })) {
        ids.add(span.id);
        if (span.state !== state && span.state !== 'unknown') changes += 1;
        state = span.state;
        if (changes > changesBefore) break;
      }
    }
    for (const [kind, state] of [
      ['lb-role', 'master'],
      ['cluster-health', 'no-active-lb'],
    ]) {
      const id = lastIn.get({ subject, kind, state, fromMs });
      if (id !== undefined) ids.add(id);
    }
  }
  return ascending(ids);
}

/** A gap's own time is its end; an incident under way began with what the quiet time before the range shows. */
function eventsIn(
  db: Database.Database,
  { fromMs, toMs }: TimeRange,
  { clusterIds, edgeIds, everything }: { clusterIds: string[]; edgeIds: string[]; everything: boolean },
): number[] {
  const of = everything
    ? '1'
    : `(cluster IN (SELECT value FROM json_each(@clusters)) OR (cluster IS NULL AND
        (edge IS NULL OR edge IN (SELECT value FROM json_each(@edges)))))`;
  const standaloneIds = edgeIds.map((id) => standaloneRowId({ id }));
  const asked = {
    clusters: JSON.stringify([...clusterIds, ...standaloneIds]),
    edges: JSON.stringify(edgeIds),
    fromMs,
    toMs,
    earlierMs: fromMs - thresholds.incidentQuietMs,
  };
  const ids = new Set(
    db
      .prepare<unknown[], number>(
        `SELECT id FROM events WHERE ${of} AND time_ms >= @earlierMs AND time_ms < @toMs
         UNION SELECT id FROM events WHERE type = 'gap' AND time_ms >= @fromMs AND body ->> 'fromMs' < @toMs
         UNION SELECT * FROM (
           SELECT id FROM events WHERE type = 'start' AND time_ms <= @fromMs ORDER BY time_ms DESC LIMIT 1)`,
      )
      .pluck()
      .all(asked),
  );
  const last = db
    .prepare<unknown[], number>(
      `SELECT id FROM events WHERE cluster = @cluster AND time_ms <= @fromMs AND type IN (@one, @other)
        ORDER BY time_ms DESC, id DESC LIMIT 1`,
    )
    .pluck();
  for (const cluster of clusterIds) {
    for (const [one, other] of [
      ['failover', 'failback'],
      ['split-brain', 'split-brain'],
      ['cluster-state', 'cluster-state'],
    ]) {
      const id = last.get({ cluster, fromMs, one, other });
      if (id !== undefined) ids.add(id);
    }
  }
  for (const cluster of [...clusterIds, ...standaloneIds]) {
    const id = last.get({ cluster, fromMs, one: 'maintenance', other: 'maintenance' });
    if (id !== undefined) ids.add(id);
  }
  return ascending(ids);
}

function ascending(ids: Iterable<number>): number[] {
  return [...ids].sort((a, b) => a - b);
}
