import Database from 'better-sqlite3';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyHistory, type VerifyReport } from '../../../../db/verify/verify-history';
import { WriterSession } from '../../../../db/write/writer-session';
import { aFailover, aSample, noonMs } from '../../../fixtures/history/history-entries';
import { tamper } from '../../../fixtures/history/tamper';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const retention = { sampleDays: 3, minuteDays: 4, hourDays: null };

function open(file: string, nowMs: number): WriterSession {
  return WriterSession.open({ file, nowMs, version: 'test', retention });
}

/** An event, a span and a sample of two edges each half hour. */
function watch(session: WriterSession, fromMs: number, toMs: number): void {
  for (let atMs = fromMs; atMs < toMs; atMs += hourMs / 2) {
    const samples = ['a', 'b'].map((id) => aSample(id, atMs));
    const state = (atMs / hourMs) % 2 < 1 ? 'up' : 'down';
    const spans = [{ kind: 'edge-health' as const, subjectId: 'a', state: state as 'up', fromMs: atMs }];
    const batches = [{ atMs, spans, events: [aFailover('fra', atMs)], samples }];
    session.commit({ nowMs: atMs, lost: null, batches });
    while (session.stepUpkeep());
  }
}

function verify(file: string): VerifyReport {
  return verifyHistory({ file, key: null, anchor: null });
}

function countOf(report: VerifyReport, name: string): number {
  return report.checks.find((check) => check.name === name)?.count ?? 0;
}

describe('A history that lives', () => {
  it('verifies after days, months and retention, in which removed is what had been sealed', () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const session = open(file, noonMs);
    watch(session, noonMs, noonMs + 10 * dayMs);
    session.close();
    const report = verify(file);
    expect(report.firstBad).toBeNull();
    expect(report.checks.filter(({ result }) => result === 'open').map(({ name }) => name)).toEqual([
      'keys',
      'signatures',
    ]);
    expect(countOf(report, 'prunings')).toBeGreaterThan(300);
    const db = new Database(file, { readonly: true });
    expect(db.prepare('SELECT level FROM sealings GROUP BY level').pluck().all()).toEqual([1, 2, 3]);
    db.close();

    const more = tamper(
      file,
      `${file}.more`,
      'DELETE FROM chunks WHERE hour = (SELECT min(hour) FROM chunks)',
    );
    expect(verify(more).firstBad).toMatchObject({ table: 'chunks', edge: 'a' });
    const back = tamper(file, `${file}.back`, (tampered) => {
      const removed = tampered
        .prepare(
          "SELECT body ->> '$.fromPeriod' FROM ledger WHERE kind = 'prune' AND body ->> '$.table' = 'chunks'",
        )
        .pluck()
        .get();
      tampered
        .prepare(
          `INSERT INTO chunks (hour, edge, sealing, samples, sha256, body)
           SELECT ?, edge, (SELECT id FROM sealings WHERE level = 1 AND period = ?), samples, sha256, body FROM chunks LIMIT 1`,
        )
        .run(removed, removed);
    });
    expect(verify(back).firstBad?.table).toBe('chunks');
  });

  it('verifies while it is written, and says what is not covered yet', () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const session = open(file, noonMs);
    watch(session, noonMs, noonMs + 5 * hourMs + 1);
    const report = verify(file);
    expect(report.firstBad).toBeNull();
    const notCovered = report.checks.filter(({ result }) => result === 'open').map(({ name }) => name);
    expect(notCovered).toEqual(expect.arrayContaining(['events', 'spans', 'samples']));
    session.close();
    expect(verify(file).firstBad).toBeNull();
  });

  it('verifies after its Heron was killed, and when the next one has begun and gone on', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'history.sqlite');
    const session = open(file, noonMs);
    watch(session, noonMs, noonMs + 5 * hourMs);
    // Killed: what is on the disk at this moment is all there is.
    const killed = path.join(folder, 'killed.sqlite');
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${killed}${end}`);
    session.close();
    expect(verify(killed).firstBad).toBeNull();
    const next = open(killed, noonMs + 3 * dayMs);
    expect(verify(killed).firstBad).toBeNull();
    watch(next, noonMs + 3 * dayMs, noonMs + 3 * dayMs + 5 * hourMs);
    expect(verify(killed).firstBad).toBeNull();
    next.close();
    const report = verify(killed);
    expect(report.firstBad).toBeNull();
    expect(countOf(report, 'monitor runs')).toBe(2);
  });
});
