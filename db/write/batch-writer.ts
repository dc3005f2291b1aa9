import type Database from 'better-sqlite3';
import { EventWriter } from '../chain/event-writer';
import { toHistoryFailure } from '../file/sqlite-failure';
import { batchHeadSchema, type BatchOutcome } from '../model/commit';
import type { MonitorRun } from './monitor-run';
import { SampleWriter, toSampleRows, type CheckedSamples } from './sample-writer';
import { SpanWriter } from './span-writer';

/** A batch that can be written. */
export interface CheckedBatch {
  head: ReturnType<typeof batchHeadSchema.parse>;
  samples: CheckedSamples;
}

/** Checks and writes batches: spans, events, samples. */
export class BatchWriter {
  readonly spans: SpanWriter;
  readonly events: EventWriter;
  readonly samples: SampleWriter;

  /** `file` names the history in failures. */
  constructor(
    db: Database.Database,
    historyId: string,
    private readonly file: string,
  ) {
    this.spans = new SpanWriter(db);
    this.events = new EventWriter(db, historyId);
    this.samples = new SampleWriter(db);
  }

  /** Checks what should be a batch; `refused` says why it can never be written. */
  check(batch: unknown): CheckedBatch | { refused: string } {
    try {
      const head = batchHeadSchema.parse(batch);
      return { head, samples: toSampleRows((batch as { samples?: unknown }).samples) };
    } catch (error) {
      return { refused: toHistoryFailure(error, this.file).what } satisfies BatchOutcome;
    }
  }

  /** Writes a batch that was monitored by `run`. Inside a transaction. */
  write({ head, samples }: CheckedBatch, run: MonitorRun): BatchOutcome {
    for (const span of head.spans) this.spans.start(span);
    const recorded = this.events.append(head.events);
    this.samples.write(samples.rows);
    run.watchedUntil(head.atMs);
    return samples.refused ? { recorded, refusedSamples: samples.refused } : { recorded };
  }
}
