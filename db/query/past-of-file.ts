import type Database from 'better-sqlite3';
import {
  openAcknowledgements,
  type Acknowledgement,
  type AcknowledgedEvent,
} from '../../domain/model/acknowledgement';
import type { FailoverEvent } from '../../domain/model/event';
import type { UnacknowledgedOutages } from '../../domain/past/unacknowledged-outages';
import type { MaintenanceTime } from '../../domain/maintenance/recorded';
import type { MaintenanceInForce } from '../../domain/model/maintenance';
import type { PastFacts } from '../../domain/past/past-facts';
import type { Gap, MonitorRun, Span } from '../../domain/model/history';
import type { Inventory } from '../../domain/inventory/inventory';
import { toRecordedEvent } from './read-events';
import { readMaintenance } from './read-maintenance';
import { readUnacknowledgedOutages } from './read-outages';
import type { Outage } from '../../domain/model/outage';
import type { MetricsAt } from './read-metrics';
import { parseReasons, type SpanRow } from './read-spans';

/** A span whose reasons were not read yet. */
type FoundSpan = Span & { id: number };

const columns = 'id, kind, subject AS subjectId, state, from_ms AS fromMs, to_ms AS toMs';

/**
 * The facts a file has about one instant. The spans of all clusters and edges are looked up in one statement, each through the
 * index; what only some of them need is read on demand.
 */
export class PastOfFile implements PastFacts {
  /** By kind and subject: the last two that began by then. */
  private readonly latest: Record<Span['kind'], Map<string, FoundSpan[]>> = {
    'edge-health': new Map(),
    'lb-role': new Map(),
    'cluster-health': new Map(),
  };
  private readonly moves: Map<string, FailoverEvent>;
  private readonly acknowledgements: Map<string, Acknowledgement>;
  private readonly outages: UnacknowledgedOutages;
  private readonly inForce: Map<string, MaintenanceTime[]>;
  private readonly before: Database.Statement<unknown[], SpanRow & { id: number }>;
  private readonly inState: Database.Statement<unknown[], SpanRow & { id: number }>;
  private readonly reasonsOf: Database.Statement<[number], { reasons: string | null }>;

  readonly atMs: number;
  readonly inventory: Inventory | null;
  readonly run: MonitorRun | null;
  readonly gaps: readonly Gap[];
  private readonly metricsAt: MetricsAt;

  constructor(
    private readonly db: Database.Database,
    known: Pick<PastFacts, 'atMs' | 'inventory' | 'run' | 'gaps'> & { metrics: MetricsAt },
  ) {
    this.atMs = known.atMs;
    this.inventory = known.inventory;
    this.run = known.run;
    this.gaps = known.gaps;
    this.metricsAt = known.metrics;
    this.reasonsOf = db.prepare('SELECT reasons FROM spans WHERE id = ?');
    this.before = db.prepare(
      `SELECT ${columns} FROM spans
        WHERE subject = @subjectId AND kind = @kind AND from_ms <= @fromMs AND from_ms >= @runMs AND id <> @id
        ORDER BY from_ms DESC, id DESC LIMIT 1`,
    );
    this.inState = db.prepare(
      `SELECT ${columns} FROM spans
        WHERE subject = @subjectId AND kind = @kind AND state = @state AND state IN ('master', 'no-active-lb')
          AND from_ms BETWEEN @fromMs AND @atMs AND to_ms IS NOT from_ms
        ORDER BY from_ms DESC LIMIT 1`,
    );
    if (this.run) this.findSpans(this.run);
    this.moves = this.findMoves();
    this.acknowledgements = this.findAcknowledgements();
    this.outages = readUnacknowledgedOutages(db, this.atMs);
    this.inForce = readMaintenance(db, { fromMs: this.atMs, toMs: this.atMs + 1 });
  }

  get healthIntervalMs(): number | null {
    return this.metricsAt.intervalMs;
  }

  spanAt(kind: Span['kind'], subjectId: string): Span | null {
    const found = this.latest[kind]
      .get(subjectId)
      ?.find((span) => span.toMs === null || span.toMs > this.atMs);
    if (!found) return null;
    return found.kind === 'lb-role' ? found : { ...found, reasons: this.reasons(found) };
  }

  spanBefore(span: Span & { id?: number }): Span | null {
    const kept = this.latest[span.kind].get(span.subjectId) ?? [];
    // Two were requested: where one was found there is no other.
    if (kept.length < 2) return null;
    const place = kept.findIndex(({ id }) => id === span.id);
    const found =
      (place >= 0 ? kept[place + 1] : undefined) ??
      this.before.get({
        subjectId: span.subjectId,
        kind: span.kind,
        fromMs: span.fromMs,
        runMs: this.run?.startMs ?? 0,
        id: span.id ?? -1,
      });
    return found && found.toMs !== null && found.toMs >= span.fromMs ? { ...found, reasons: null } : null;
  }

  lastSpanIn(kind: Span['kind'], subjectId: string, state: string, fromMs: number): Span | null {
    const found = this.inState.get({ subjectId, kind, state, fromMs, atMs: this.atMs });
    return found ? { ...found, reasons: null } : null;
  }

  lastMove(clusterId: string): FailoverEvent | null {
    return this.moves.get(clusterId) ?? null;
  }

  acknowledged(rowId: string): Acknowledgement | null {
    return this.acknowledgements.get(rowId) ?? null;
  }

  unacknowledgedOutages(rowId: string): readonly Outage[] {
    return this.outages.of(rowId);
  }

  lastSplitMs(clusterId: string): number | null {
    const row = this.db
      .prepare<[string, number], { atMs: number | null }>(
        "SELECT max(time_ms) AS atMs FROM events WHERE cluster = ? AND time_ms <= ? AND type = 'split-brain'",
      )
      .get(clusterId, this.atMs);
    return row?.atMs ?? null;
  }

  maintenance(rowId: string): readonly MaintenanceInForce[] {
    return this.inForce.get(rowId)?.map(({ inForce }) => inForce) ?? [];
  }

  metrics(edgeId: string): ReturnType<PastFacts['metrics']> {
    return this.metricsAt.of(edgeId);
  }

  private reasons({ id, subjectId }: FoundSpan): Span['reasons'] {
    return parseReasons(this.reasonsOf.get(id)?.reasons ?? null, subjectId, this.db.name);
  }

  /**
   * Of each subject and kind the last two spans that began by then: the current one, and the one before. The index covers all of
   * it; one JSON text for each subject costs half as much as joined rows.
   */
  private findSpans(run: MonitorRun): void {
    const { clusters, standaloneEdges } = this.inventory ?? { clusters: [], standaloneEdges: [] };
    const edges = [...clusters.flatMap((cluster) => cluster.edges), ...standaloneEdges].map(({ id }) => id);
    const find = this.db
      .prepare<unknown[], [subjectId: string, spans: string]>(
        `SELECT wanted.value, (
           SELECT json_group_array(json_array(id, state, from_ms, to_ms)) FROM (
             SELECT id, state, from_ms, to_ms FROM spans
              WHERE subject = wanted.value AND kind = @kind AND from_ms BETWEEN @runMs AND @atMs AND to_ms IS NOT from_ms
              ORDER BY from_ms DESC LIMIT 2))
           FROM json_each(@subjects) AS wanted`,
      )
      .raw();
    const store = (kind: Span['kind'], subjects: readonly string[]): void => {
      const asked = { subjects: JSON.stringify(subjects), kind, atMs: this.atMs, runMs: run.startMs };
      for (const [subjectId, spans] of find.all(asked)) {
        const found = JSON.parse(spans) as [id: number, state: string, fromMs: number, toMs: number | null][];
        if (found.length === 0) continue;
        this.latest[kind].set(
          subjectId,
          found.map(([id, state, fromMs, toMs]) => ({
            id,
            kind,
            subjectId,
            state,
            fromMs,
            toMs,
            reasons: null,
          })),
        );
      }
    };
    store('edge-health', edges);
    store('lb-role', edges);
    store(
      'cluster-health',
      clusters.map(({ id }) => id),
    );
  }

  private findMoves(): Map<string, FailoverEvent> {
    const ids = this.inventory?.clusters.map(({ id }) => id) ?? [];
    const rows = this.db
      .prepare<unknown[], { id: number; body: string }>(
        `SELECT event.id, event.body FROM json_each(@clusters) AS wanted
           JOIN events AS event ON event.id = (
             SELECT id FROM events WHERE cluster = wanted.value AND type IN ('failover', 'failback') AND time_ms <= @atMs
              ORDER BY time_ms DESC, id DESC LIMIT 1)`,
      )
      .all({ clusters: JSON.stringify(ids), atMs: this.atMs });
    return new Map(
      rows.flatMap((row) => {
        const { event } = toRecordedEvent(this.db.name, row);
        return event.type === 'failover' || event.type === 'failback'
          ? [[event.clusterId, event] as const]
          : [];
      }),
    );
  }

  /** Acknowledgements are rare: all of them are read by their type. The plus stops SQLite from using the index of times. */
  private findAcknowledgements(): Map<string, Acknowledgement> {
    const rows = this.db
      .prepare<[number], { id: number; body: string }>(
        "SELECT id, body FROM events WHERE type = 'acknowledged' AND +time_ms <= ? ORDER BY id",
      )
      .all(this.atMs);
    const events = rows.map((row) => toRecordedEvent(this.db.name, row).event);
    return openAcknowledgements(
      events.filter((event): event is AcknowledgedEvent => event.type === 'acknowledged'),
    );
  }
}
