import type Database from 'better-sqlite3';
import { hostname } from 'node:os';
import { heronEventSchema, type HeronEvent } from '../../domain/model/event';
import { endingFault } from '../../domain/model/heron-fault';
import type { ClockStep } from '../model/clock-steps';
import type { EventWriter } from '../chain/event-writer';
import type { SpanWriter } from './span-writer';

interface PreviousRun {
  id: number;
  start_ms: number;
  watched_until_ms: number;
  ended: 'running' | 'closed' | 'lost';
}

const lastRun = 'SELECT id, start_ms, watched_until_ms, ended FROM monitor_runs ORDER BY id DESC LIMIT 1';

/** One start of the monitor, from opening the history to closing it. */
export class MonitorRun {
  private readonly setWatchedUntil: Database.Statement<[number, number]>;
  private readonly addClockStep: Database.Statement<[number, number, number]>;

  private constructor(
    private readonly db: Database.Database,
    private readonly id: number,
    /** Whether the run before this one ended without closing its history. */
    readonly afterLoss: boolean,
    /** The file had no run before this one. */
    readonly isFirst: boolean,
  ) {
    this.setWatchedUntil = db.prepare('UPDATE monitor_runs SET watched_until_ms = ? WHERE id = ?');
    this.addClockStep = db.prepare('INSERT INTO clock_steps (run, at_ms, by_ms) VALUES (?, ?, ?)');
  }

  /**
   * Records that the monitor starts. States that the last run left open end at its last write, and the time from then to now is
   * recorded as a gap. One transaction.
   */
  static begin(
    db: Database.Database,
    writers: { spans: SpanWriter; events: EventWriter },
    nowMs: number,
    version: string,
  ): MonitorRun {
    return db
      .transaction(() => {
        const previous = db.prepare<[], PreviousRun>(lastRun).get();
        if (previous) {
          writers.spans.endAll(previous.watched_until_ms);
          writers.events.append(gapSince(previous, faultThatEnded(db, previous), nowMs));
          db.prepare("UPDATE monitor_runs SET ended = 'lost' WHERE ended = 'running'").run();
        }
        const { lastInsertRowid } = db
          .prepare(
            `INSERT INTO monitor_runs (start_ms, watched_until_ms, ended, version, host, time_zone)
             VALUES (?, ?, 'running', ?, ?, ?)`,
          )
          .run(nowMs, nowMs, version, hostname(), Intl.DateTimeFormat().resolvedOptions().timeZone);
        return new MonitorRun(
          db,
          Number(lastInsertRowid),
          previous !== undefined && previous.ended !== 'closed',
          previous === undefined,
        );
      })
      .immediate();
  }

  /**
   * Resumes the run that the file records as running: the monitor never stopped, only its file was closed and reopened. Open
   * states stay open, and there is no gap. Null when the file has no such run.
   */
  static resume(db: Database.Database): MonitorRun | null {
    const last = db.prepare<[], PreviousRun>(lastRun).get();
    return last?.ended === 'running' ? new MonitorRun(db, last.id, false, false) : null;
  }

  /** Records that the machine's clock was set during this run. */
  clockStepped({ atMs, byMs }: ClockStep): void {
    this.addClockStep.run(this.id, atMs, byMs);
  }

  /** Records that a batch submitted at `atMs` is being committed. */
  watchedUntil(atMs: number): void {
    this.setWatchedUntil.run(atMs, this.id);
  }

  /** Ends the run: open spans end with the last write, since nothing is known after it. One transaction. */
  close(spans: SpanWriter): void {
    this.db
      .transaction(() => {
        const row = this.db
          .prepare<[number], { endMs: number }>(
            "UPDATE monitor_runs SET ended = 'closed' WHERE id = ? RETURNING watched_until_ms AS endMs",
          )
          .get(this.id);
        if (row) spans.endAll(row.endMs);
      })
      .immediate();
  }
}

/** The error in Heron that ended a run, as a sentence; null: none did. It is among the last findings of the run. */
function faultThatEnded(db: Database.Database, { start_ms: startMs }: PreviousRun): string | null {
  const bodies = db
    .prepare<[number], string>(
      "SELECT body FROM events WHERE type = 'finding' AND time_ms >= ? ORDER BY id DESC LIMIT 10",
    )
    .pluck()
    .all(startMs);
  for (const body of bodies) {
    const event = heronEventSchema.safeParse(JSON.parse(body));
    const words = event.success ? endingFault(event.data) : null;
    if (words !== null) return words;
  }
  return null;
}

function gapSince(previous: PreviousRun, fault: string | null, nowMs: number): HeronEvent[] {
  const fromMs = previous.watched_until_ms;
  const common = { type: 'gap' as const, timeMs: nowMs, recordedAtMs: nowMs };
  if (fromMs > nowMs) {
    const words = `The clock was set back while Heron was not running: the last entry is from ${iso(fromMs)}.`;
    return [{ ...common, fromMs: nowMs, toMs: nowMs, reason: 'clock-stepped', words }];
  }
  if (fromMs === nowMs) return [];
  if (fault !== null) {
    const words = `${fault} It was started again. Nothing was monitored meanwhile.`;
    return [{ ...common, fromMs, toMs: nowMs, reason: 'restarted', words }];
  }
  const ending =
    previous.ended === 'closed' ? 'Heron was closed.' : 'Heron ended without closing its history.';
  return [
    { ...common, fromMs, toMs: nowMs, reason: 'not-running', words: `${ending} Nothing was monitored.` },
  ];
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
