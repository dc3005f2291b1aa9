import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type { HeronEvent } from '../../domain/model/event';
import { allEdges } from '../../domain/inventory/inventory';
import {
  batchHeadSchema,
  type BatchOutcome,
  type Commit,
  type CommitResult,
  type LostTime,
} from '../model/commit';
import { WalGuard } from '../file/wal-guard';
import { openWritable, type WritableFile } from '../file/open-writable';
import { toHistoryFailure } from '../file/sqlite-failure';
import { checkInventory, inventoryRecord } from '../codec/inventory-record';
import { migrations, type Migration } from '../migrations/migrations';
import { HistoryProof } from '../seal/history-proof';
import { Pruner } from '../retain/pruner';
import { defaultRetention, type Retention } from '../retain/retention';
import { Vacuum } from '../retain/vacuum';
import { Compactor } from '../compact/compactor';
import { EventWriter } from '../chain/event-writer';
import { MonitorRun } from './monitor-run';
import { SampleWriter, toSampleRows, type CheckedSamples } from './sample-writer';
import { SpanWriter } from './span-writer';
import { Upkeep } from './upkeep';

export interface WriterOptions {
  file: string;
  /** Wall time at opening, UTC milliseconds: the end of the gap since the last run. */
  nowMs: number;
  /** Heron's version, for the record of runs. */
  version: string;
  /** True: the monitor ran all the time, only the file was closed; its run goes on. */
  resume?: boolean;
  /** How long each kind is kept; `defaultRetention` unless told. */
  retention?: Retention;
}

interface CheckedBatch {
  head: ReturnType<typeof batchHeadSchema.parse>;
  samples: CheckedSamples;
}

/** The one writer of an open history. Lives in the writer's thread. Every method is one transaction, and throws when it fails. */
export class WriterSession {
  /** Seals, keys and signatures of this history. */
  readonly proof: HistoryProof;
  private readonly spans: SpanWriter;
  private readonly events: EventWriter;
  private readonly samples: SampleWriter;
  private readonly run: MonitorRun;
  private readonly log: WalGuard;
  private readonly db: Database.Database;
  private readonly upkeep: Upkeep;
  private ended = false;
  /** The latest time this session heard of. */
  private nowMs: number;

  private constructor(
    private readonly writable: WritableFile,
    options: WriterOptions,
  ) {
    this.db = writable.db;
    this.nowMs = options.nowMs;
    this.log = new WalGuard(writable.db, writable.file);
    this.spans = new SpanWriter(this.db);
    const id = historyId(this.db);
    this.events = new EventWriter(this.db, id);
    this.samples = new SampleWriter(this.db);
    const writers = { spans: this.spans, events: this.events };
    this.run =
      (options.resume ? MonitorRun.resume(this.db) : null) ??
      MonitorRun.begin(this.db, writers, options.nowMs, options.version);
    this.proof = new HistoryProof(this.db, id);
    const { retention = defaultRetention } = options;
    const jobs = [
      new Compactor(this.db),
      this.proof.seals,
      new Pruner(this.db, this.proof.ledger, retention),
      new Vacuum(this.db),
    ];
    this.upkeep = new Upkeep(jobs, writable.file);
  }

  /** Whether the last run ended without closing this history. */
  get afterLoss(): boolean {
    return this.run.afterLoss;
  }

  /** Opens the file, brings it up to date, and records that the monitor runs. `steps` is for testing migrations. */
  static open(options: WriterOptions, steps: readonly Migration[] = migrations): WriterSession {
    return WriterSession.on(openWritable(options.file, steps, options.nowMs), options);
  }

  /** Records, in a file that is open already, that the monitor runs. */
  static on(writable: WritableFile, options: WriterOptions): WriterSession {
    try {
      return new WriterSession(writable, options);
    } catch (error) {
      writable.close();
      throw error;
    }
  }

  /** Writes all of it or nothing. A batch that could never be written is left out and said so; the others are not held up. */
  commit({ nowMs, lost, batches, clockSteps = [] }: Commit): CommitResult {
    this.nowMs = nowMs;
    const checked = batches.map((batch) => this.check(batch));
    try {
      const outcomes = this.db
        .transaction(() => {
          for (const step of clockSteps) this.run.clockStepped(step);
          if (lost) for (const span of lost.lostSpans) this.spans.start(span, lost.fromMs);
          const written = checked.map((batch) => ('refused' in batch ? batch : this.writeBatch(batch)));
          if (lost) this.events.append([gapEvent(lost, nowMs)]);
          return written;
        })
        .immediate();
      const { lastSealId } = this.proof.seals;
      return { outcomes, lastSealId, upkeepFailure: this.upkeep.failure, sizeBytes: this.sizeBytes() };
    } catch (error) {
      this.samples.forget();
      throw error;
    }
  }

  /**
   * Does a small piece of what is due by the latest time this session heard of: sealing, pruning, giving space back. True:
   * there is more to do.
   */
  stepUpkeep(): boolean {
    return !this.ended && this.upkeep.step(this.nowMs);
  }

  /** Keeps an inventory as the version in force from `atMs` on. The same one again is not a new version. */
  putInventory(value: unknown, atMs: number): void {
    const inventory = checkInventory(value);
    const { body, sha256 } = inventoryRecord(inventory);
    this.samples.forget();
    this.db
      .transaction(() => {
        const latest = this.db
          .prepare<[], { sha256: Buffer }>('SELECT sha256 FROM inventory_versions ORDER BY id DESC LIMIT 1')
          .get();
        if (latest && sha256.equals(latest.sha256)) return;
        this.db
          .prepare('INSERT INTO inventory_versions (at_ms, body, sha256) VALUES (?, ?, ?)')
          .run(atMs, body, sha256);
        const addCluster = this.db.prepare(
          'INSERT OR IGNORE INTO clusters (id, first_seen_ms) VALUES (?, ?)',
        );
        for (const cluster of inventory.clusters) addCluster.run(cluster.id, atMs);
        for (const edge of allEdges(inventory)) this.samples.edgeNumber(edge.id, atMs);
      })
      .immediate();
  }

  /** Appends events of Heron's own. One transaction. */
  record(events: HeronEvent[]): void {
    this.db.transaction(() => this.events.append(events)).immediate();
  }

  /** Whether the log beside the file was lost; then `leave`, and open again. */
  logLost(): boolean {
    return this.log.lost();
  }

  /** Closes the file while the run goes on: it will be resumed. */
  leave(): void {
    this.writable.close();
  }

  /** Seals what is written by now, ahead of the hour's own seal. One transaction. */
  sealNow(nowMs: number): void {
    try {
      this.db.transaction(() => this.proof.seals.sealNow(nowMs)).immediate();
    } catch (error) {
      this.proof.seals.forget();
      throw error;
    }
  }

  /** Ends the run, and seals it with all it left. Only the signature of that is still to come. One transaction. */
  end(nowMs: number): void {
    if (this.ended) return;
    try {
      this.db
        .transaction(() => {
          this.run.close(this.spans);
          this.proof.seals.close(nowMs);
        })
        .immediate();
    } catch (error) {
      this.proof.seals.forget();
      throw error;
    }
    this.ended = true;
  }

  /** Ends the run, unless that is done, and closes the file. */
  close(): void {
    try {
      this.end(this.nowMs);
    } finally {
      this.writable.close();
    }
  }

  private check(batch: unknown): CheckedBatch | { refused: string } {
    try {
      const head = batchHeadSchema.parse(batch);
      return { head, samples: toSampleRows((batch as { samples?: unknown }).samples) };
    } catch (error) {
      return { refused: toHistoryFailure(error, this.writable.file).what } satisfies BatchOutcome;
    }
  }

  private writeBatch({ head, samples }: CheckedBatch): BatchOutcome {
    for (const span of head.spans) this.spans.start(span);
    const recorded = this.events.append(head.events);
    this.samples.write(samples.rows);
    this.run.watchedUntil(head.atMs);
    return samples.refused ? { recorded, refusedSamples: samples.refused } : { recorded };
  }

  private sizeBytes(): number {
    const log = statSync(`${this.writable.file}-wal`, { throwIfNoEntry: false });
    return statSync(this.writable.file).size + (log?.size ?? 0);
  }
}

function gapEvent({ fromMs, toMs, words }: LostTime, nowMs: number): HeronEvent {
  return {
    type: 'gap',
    timeMs: toMs,
    recordedAtMs: nowMs,
    fromMs,
    toMs,
    reason: 'history-not-written',
    words,
  };
}

/** The history's own id, made once: the chain of events starts from it. */
export function historyId(db: Database.Database): string {
  db.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('history-id', ?)").run(randomUUID());
  const row = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'history-id'").get();
  if (!row) throw new Error('The history has no id.');
  return row.value;
}
