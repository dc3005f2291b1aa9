import { statSync } from 'node:fs';
import type { HeronEvent } from '../../domain/model/event';
import { Compactor } from '../compact/compactor';
import { historyId } from '../file/history-id';
import { openWritable, type WritableFile } from '../file/open-writable';
import { WalGuard } from '../file/wal-guard';
import { migrations, type Migration } from '../migrations/migrations';
import type { BatchOutcome, Commit, CommitResult, LostTime } from '../model/commit';
import { Pruner } from '../retain/pruner';
import { defaultRetention, type Retention } from '../retain/retention';
import { Vacuum } from '../retain/vacuum';
import { durably } from '../seal/durable';
import { HistoryProof } from '../seal/history-proof';
import { BatchWriter } from './batch-writer';
import { MonitorRun } from './monitor-run';
import { storeInventory } from './store-inventory';
import { clockPast } from './clock-past';
import { Upkeep } from './upkeep';
import { UpkeepClock } from '../model/upkeep-clock';

export interface WriterOptions {
  file: string;
  /** Wall time at opening, UTC milliseconds: the end of the gap since the last run. */
  nowMs: number;
  /** The monotonic clock at opening, milliseconds. Absent: the wall clock is believed. */
  monotonicMs?: number | undefined;
  /** Heron's version, for the record of runs. */
  version: string;
  /** True: the monitor kept running while the file was closed; its run continues. */
  resume?: boolean;
  /** How long each kind of data is retained; `defaultRetention` by default. */
  retention?: Retention;
}

/** The one writer of an open history, in the writer's thread. Every method is one transaction, and throws when it fails. */
export class WriterSession {
  /** Seals, keys and signatures of this history. */
  readonly proof: HistoryProof;
  private readonly batches: BatchWriter;
  private readonly run: MonitorRun;
  private readonly wal: WalGuard;
  private readonly upkeep: Upkeep;
  private ended = false;
  /** The latest times passed to this session. */
  private readonly clock: UpkeepClock;

  /** Opens the file, migrates it, and records that the monitor runs. `steps` is for testing migrations. */
  static open(options: WriterOptions, steps: readonly Migration[] = migrations): WriterSession {
    return WriterSession.on(openWritable(options.file, steps, options.nowMs), options);
  }

  /** Records, in a file that is already open, that the monitor runs. */
  static on(writable: WritableFile, options: WriterOptions): WriterSession {
    try {
      return new WriterSession(writable, options);
    } catch (error) {
      writable.close();
      throw error;
    }
  }

  private constructor(
    private readonly writable: WritableFile,
    { nowMs, monotonicMs = nowMs, version, resume = false, retention = defaultRetention }: WriterOptions,
  ) {
    const { db, file } = writable;
    const id = historyId(db);
    // Before this run is recorded.
    this.clock = new UpkeepClock(nowMs, monotonicMs, clockPast(db));
    this.wal = new WalGuard(db, file);
    this.batches = new BatchWriter(db, id, file);
    this.run = (resume ? MonitorRun.resume(db) : null) ?? MonitorRun.begin(db, this.batches, nowMs, version);
    this.proof = new HistoryProof(db, id);
    const pruner = new Pruner(db, this.proof.ledger, retention);
    const compactor = new Compactor(db);
    this.upkeep = new Upkeep(
      [
        { step: (time) => compactor.step(time.nowMs, time.compactMs) },
        { step: (time) => this.proof.seals.step(time.nowMs, time.monotonicMs) },
        pruner,
        new Vacuum(db),
      ],
      file,
    );
  }

  /** Whether the last run ended without closing this history. */
  get afterLoss(): boolean {
    return this.run.afterLoss;
  }

  /** Whether the file had no run before this one: no history, or one whose first run was lost with its log. */
  get isFirstRun(): boolean {
    return this.run.isFirst;
  }

  /** Writes everything or nothing. A batch that can never be written is refused alone; the others are written. */
  commit({ nowMs, monotonicMs = nowMs, lost, batches, clockSteps = [] }: Commit): CommitResult {
    this.clock.set(nowMs, monotonicMs);
    const { spans, events, samples } = this.batches;
    const checked = batches.map((batch) => this.batches.check(batch));
    try {
      const outcomes = this.inTransaction(() => {
        for (const step of clockSteps) this.run.clockStepped(step);
        if (lost) for (const span of lost.lostSpans) spans.start(span, lost.fromMs);
        const written = checked.map((batch): BatchOutcome =>
          'refused' in batch ? batch : this.batches.write(batch, this.run),
        );
        if (lost) events.append([gapEvent(lost, nowMs)]);
        return written;
      });
      const { lastSealId } = this.proof.seals;
      return { outcomes, lastSealId, upkeepFailure: this.upkeep.failure, sizeBytes: this.sizeBytes() };
    } catch (error) {
      samples.forget();
      throw error;
    }
  }

  /** Stores an inventory as the version in force from `atMs` on, unless it equals the latest one. */
  putInventory(value: unknown, atMs: number): void {
    storeInventory(this.writable.db, this.batches.samples, value, atMs);
  }

  /** Appends events of Heron's own. */
  record(events: HeronEvent[]): void {
    this.inTransaction(() => this.batches.events.append(events));
  }

  /**
   * Does one small step of what is due at the latest time passed to this session: compaction, sealing, pruning, freeing space.
   * Its transactions are its own. True: there is more to do.
   */
  stepUpkeep(): boolean {
    return !this.ended && this.upkeep.step(this.clock.time);
  }

  /** Seals what is written so far, without waiting for the end of the hour. */
  sealNow(nowMs: number): void {
    this.sealing(() => this.proof.seals.sealNow(nowMs));
  }

  /** Ends the run, and seals it with everything it left. Only the signature of that seal may follow. */
  end(nowMs: number): void {
    if (this.ended) return;
    this.sealing(() => {
      this.run.close(this.batches.spans);
      this.proof.seals.close(nowMs);
    });
    this.ended = true;
  }

  /** Whether the write-ahead log was lost; then call `leave`, and open again. */
  logLost(): boolean {
    return this.wal.lost();
  }

  /** Closes the file while the run continues: it will be resumed. */
  leave(): void {
    this.writable.close();
  }

  /** Ends the run, unless that is done, and closes the file. */
  close(): void {
    try {
      this.end(this.clock.time.nowMs);
    } finally {
      this.writable.close();
    }
  }

  private sealing(work: () => void): void {
    try {
      durably(this.writable.db, () => this.inTransaction(work));
    } catch (error) {
      this.proof.seals.forget();
      throw error;
    }
  }

  private inTransaction<T>(work: () => T): T {
    return this.writable.db.transaction(work).immediate();
  }

  private sizeBytes(): number {
    const log = statSync(`${this.writable.file}-wal`, { throwIfNoEntry: false });
    return statSync(this.writable.file).size + (log?.size ?? 0);
  }
}

function gapEvent({ fromMs, toMs, words }: LostTime, nowMs: number): HeronEvent {
  const reason = 'history-not-written';
  return { type: 'gap', timeMs: toMs, recordedAtMs: nowMs, fromMs, toMs, reason, words };
}
