import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../../../../db/extract/inspect-file';
import { makeExtract, type ExtractReport, type ExtractRequest } from '../../../../db/extract/make-extract';
import { openWritable } from '../../../../db/file/open-writable';
import { migrations } from '../../../../db/migrations/migrations';
import { verifyHistory, type VerifyReport } from '../../../../db/verify/verify-history';
import { QuerySession } from '../../../../db/query/query-session';
import { noonMs } from '../../../fixtures/history/history-entries';
import { testSigner, signExtractBy } from '../../../fixtures/history/test-signer';
import { watchHours } from '../../../fixtures/history/monitored-hours';
import { refit } from '../../../fixtures/forge/refit';
import { tamper } from '../../../fixtures/history/tamper';

const hourMs = 3_600_000;
const range = { fromMs: noonMs + 2 * hourMs, toMs: noonMs + 4 * hourMs };
const signer = testSigner('extract');
const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('an incident file', () => {
  let history: string;
  let folder: string;
  let whole: string;
  let made: ExtractReport;
  const request = (out: string, other: Partial<ExtractRequest> = {}): ExtractRequest => ({
    file: history,
    out: path.join(folder, out),
    range,
    clusterIds: null,
    redact: false,
    nowMs: noonMs + 9 * hourMs,
    version: 'test',
    ...other,
  });
  const verify = (file: string, key: string | null = null): VerifyReport =>
    verifyHistory({ file, key, anchor: null });

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'heron-extract-'));
    history = path.join(folder, 'history.sqlite');
    watchHours(history, 6, signer);
    made = makeExtract(request('whole.heron'));
    signExtractBy(signer, made);
    whole = made.file;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('leaves the history as it is, and nothing beside either file', () => {
    const before = sum(history);
    makeExtract(request('again.heron'));
    expect(sum(history)).toBe(before);
    expect(readdirSync(folder).filter((name) => /unfinished|-wal|-shm|-journal/.test(name))).toEqual([]);
  });

  it('shows every instant of its range as the whole history does', () => {
    const [from, cut] = [QuerySession.open(history), QuerySession.open(whole)];
    for (let atMs = range.fromMs; atMs < range.toMs; atMs += 7 * 60_000 + 11) {
      const { monitor: _of, ...expected } = from.run('snapshotAt', { atMs });
      const { monitor: _cut, ...found } = cut.run('snapshotAt', { atMs });
      expect(found).toEqual(expected);
    }
    const clusters = ['fra-01'];
    const edges = ['fra-01-01', 'fra-01-02', 'lab-01'];
    expect(from.run('spans', { subjectIds: clusters, ...range })).not.toEqual([]);
    expect(cut.run('spans', { subjectIds: edges, ...range })).toEqual(
      from.run('spans', { subjectIds: edges, ...range }),
    );
    expect(
      cut.run('availability', { subjectIds: [...clusters, ...edges], ...range, cuts: [], calendar: null }),
    ).toEqual(
      from.run('availability', { subjectIds: [...clusters, ...edges], ...range, cuts: [], calendar: null }),
    );
    const filter = { clusterId: null, types: null, range, beforeId: null, limit: 1000 };
    expect(cut.run('events', filter)).toEqual(from.run('events', filter));
    expect(cut.run('coverage', undefined)).toEqual({ firstMs: range.fromMs, lastMs: range.toMs });
    from.close();
    cut.close();
  });

  it('says that outside its range nothing is known', () => {
    const cut = QuerySession.open(whole);
    for (const atMs of [range.fromMs - 60_000, range.toMs + 60_000])
      expect(cut.run('snapshotAt', { atMs }).monitor.words).toMatch(/not monitored/);
    cut.close();
  });

  it('verifies: chained to a head that the history’s key signed', () => {
    const report = verify(whole, signer.fingerprint);
    expect(report.firstBad).toBeNull();
    expect(report.signed?.key).toBe(signer.fingerprint);
    expect(report.extract).toMatchObject({ redacted: false, range });
    expect(report.extract?.chained).toBe(made.events);
    expect(report.checks.find(({ name }) => name === 'extract')?.words).toContain(
      `${made.events} of its events are covered by seals`,
    );
    expect(verify(whole, 'f'.repeat(64)).firstBad?.words).toMatch(/f{64} was expected/);
  });

  it.each([
    [
      'an event',
      "UPDATE events SET body = replace(body, 'fra', 'ams') WHERE id = (SELECT max(id) FROM events)",
      'events',
      null,
    ],
    [
      'a column of an event',
      'UPDATE events SET time_ms = time_ms + 1 WHERE id = (SELECT max(id) FROM events)',
      'events',
      null,
    ],
    ['a deleted event', 'DELETE FROM events WHERE id = (SELECT max(id) FROM events)', 'events', null],
    ['a span', "UPDATE spans SET state = 'down' WHERE id = (SELECT max(id) FROM spans)", 'spans', null],
    ['a run', "UPDATE monitor_runs SET host = 'elsewhere'", 'monitor_runs', 1],
    [
      'an inventory',
      "UPDATE inventory_versions SET body = replace(body, '10.', '11.')",
      'inventory_versions',
      null,
    ],
    ['a chunk', "UPDATE chunks SET body = x'00'", 'chunks', null],
    ['a name', "UPDATE edges SET id = 'x' WHERE number = 1", 'edges', 1],
    ['the ledger', "UPDATE ledger SET at_ms = at_ms + 1 WHERE kind = 'seal'", 'ledger', null],
    ['the manifest', "UPDATE extract SET body = replace(body, 'test', 'best')", 'extract', 1],
    ['the history-id', "UPDATE meta SET value = 'other' WHERE key = 'history-id'", 'meta', null],
  ])('names the record when %s was changed', (_what, sql, table, id) => {
    const altered = tamper(whole, path.join(folder, 'altered.heron'), sql);
    const { firstBad, checks } = verify(altered);
    const found = checks.flatMap(({ bad }) => bad ?? []);
    expect(firstBad).not.toBeNull();
    expect(found.map((bad) => bad.table)).toContain(table);
    if (id !== null) expect(found.find((bad) => bad.table === table)?.id).toBe(id);
  });

  it('finds an edit even when chain and manifest were made to fit it', () => {
    const altered = tamper(whole, path.join(folder, 'refitted.heron'), (db) => {
      db.exec("UPDATE spans SET state = 'down' WHERE id = (SELECT max(id) FROM spans)");
      refit(db, 'manifest', testSigner('attacker'));
    });
    const { checks, verdict } = verify(altered);
    expect(checks.find(({ name }) => name === 'extract')?.bad).toBeNull();
    expect(verdict).toMatchObject({ word: 'not-verified', why: 'bad-record' });
    expect(checks.find(({ name }) => name === 'signatures')?.bad).not.toBeNull();
  });

  it('names what is wrong when any byte that means something is changed', () => {
    const original = readFileSync(whole);
    const file = path.join(folder, 'byte.heron');
    const missed: number[] = [];
    // Room that no row uses is zero, and may hold anything.
    const used = [...original.keys()].filter((place) => place >= 100 && original[place] !== 0);
    const places = Array.from(
      { length: 80 },
      (_, index) => used[Math.floor((used.length * index) / 80)] ?? 0,
    );
    for (const place of places) {
      const changed = Buffer.from(original);
      changed[place] = (changed[place] ?? 0) ^ 0x55;
      writeFileSync(file, changed);
      try {
        inspectFile(file);
        if (verify(file).firstBad === null) missed.push(place);
      } catch (fault) {
        expect(fault).toBeInstanceOf(Error);
      }
    }
    expect(missed).toEqual([]);
  });

  it('holds chosen clusters only, and still verifies', () => {
    const report = makeExtract(request('chosen.heron', { clusterIds: ['fra-01'] }));
    expect(report.clusters).toBe(1);
    expect(verify(report.file).firstBad).toBeNull();
    expect(() => makeExtract(request('none.heron', { clusterIds: ['nowhere'] }))).toThrow(
      /none of these clusters/,
    );
  });

  it('redacted, tells no name and no address, verifies by itself, and says so', () => {
    const report = makeExtract(request('redacted.heron', { redact: true }));
    const bytes = readFileSync(report.file).toString('latin1');
    const secrets = ['fra-0', 'lab-01', '10.20.', '10.30.', 'NOC_AUTH', 'noc-priv', '"noc"'];
    expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([]);
    const verified = verify(report.file);
    expect(verified.firstBad).toBeNull();
    expect(verified.extract).toMatchObject({ redacted: true, chained: 0 });
    expect(verified.checks.find(({ name }) => name === 'extract')?.words).toMatch(/chain of its own/);
    const cut = QuerySession.open(report.file);
    expect(cut.run('snapshotAt', { atMs: range.fromMs + hourMs }).clusters[0]?.name).toMatch(
      /^(cluster|standalone)-1$/,
    );
    cut.close();
    const altered = tamper(
      report.file,
      path.join(folder, 'r.heron'),
      "UPDATE events SET body = replace(body, '1', '2') WHERE id = 2",
    );
    expect(verify(altered).firstBad?.words).toMatch(/events row 2|Event 2/);
  });

  it('is never written: opening it for writing is refused', () => {
    const before = sum(whole);
    expect(() => openWritable(whole, migrations, noonMs)).toThrow(/never changed/);
    expect(sum(whole)).toBe(before);
    expect(() => makeExtract({ ...request('second.heron'), file: whole })).toThrow(/incident file already/);
  });

  it('refuses a range without a length, a folder that is not there, and a range nobody watched', () => {
    expect(() => makeExtract(request('a.heron', { range: { fromMs: 5, toMs: 5 } }))).toThrow(/ends before/);
    expect(() => makeExtract(request('no/a.heron'))).toThrow(/no such folder/);
    expect(() => makeExtract(request('a.heron', { range: { fromMs: 5, toMs: 6 } }))).toThrow(
      /has no cluster/,
    );
    expect(readdirSync(folder)).not.toContain('a.heron');
  });
});
