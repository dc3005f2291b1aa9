import type Database from 'better-sqlite3';
import { canonicalJson } from '../codec/canonical-json';
import type { SpanStart } from '../model/history-batch';

/** Writes spans. A span is never deleted; one that ends no later than it began remains with length 0. */
export class SpanWriter {
  private readonly end: Database.Statement<[number, SpanStart['kind'], string]>;
  private readonly begin: Database.Statement<[SpanStart['kind'], string, string, number, string | null]>;
  private readonly endEverything: Database.Statement<[number]>;

  constructor(db: Database.Database) {
    this.end = db.prepare(
      'UPDATE spans SET to_ms = max(from_ms, ?) WHERE kind = ? AND subject = ? AND to_ms IS NULL',
    );
    this.begin = db.prepare(
      'INSERT INTO spans (kind, subject, state, from_ms, reasons) VALUES (?, ?, ?, ?, ?)',
    );
    this.endEverything = db.prepare('UPDATE spans SET to_ms = max(from_ms, ?) WHERE to_ms IS NULL');
  }

  /** Closes the open span of the same subject and kind, as of `endMs`, and opens this one. */
  start(span: SpanStart, endMs = span.fromMs): void {
    this.end.run(endMs, span.kind, span.subjectId);
    const reasons = 'reasons' in span && span.reasons ? canonicalJson(span.reasons) : null;
    this.begin.run(span.kind, span.subjectId, span.state, span.fromMs, reasons);
  }

  /** Closes every open span: nothing is monitored after `atMs`. */
  endAll(atMs: number): void {
    this.endEverything.run(atMs);
  }
}
