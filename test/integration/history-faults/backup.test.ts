import Database from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { BackupProgress } from '../../../db/file/back-up';
import { runFileTask } from '../../../db/client/run-file-task';
import { openHistory, openHistoryReadOnly } from '../../../db/open-history';
import { fileProcesses, workersUrl } from '../../fixtures/history/built-workers';
import { aFailover, aFlapping, noonMs } from '../../fixtures/history/history-entries';
import { WritingProcess } from '../../fixtures/history/start-writing-process';
import { temporaryFolder } from '../../fixtures/history/temporary-folder';

const heronCommand = fileURLToPath(new URL('../../../out/cli/heron.js', import.meta.url));
const everything = { clusterId: null, types: null, beforeId: null, limit: 10_000 };

function heron(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [heronCommand, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

async function aClosedHistory(folder: string): Promise<string> {
  const file = path.join(folder, 'history.sqlite');
  const history = await openHistory({ file, workersUrl, nowMs: () => noonMs });
  await history.write({
    spans: [],
    samples: [],
    events: [aFailover('fra', noonMs), aFlapping('fra', noonMs)],
  });
  await history.close();
  return file;
}

describe('A backup', () => {
  it('taken while another Heron writes is whole, checked, one plain file, and holds nobody up', async () => {
    const folder = temporaryFolder();
    const [file, out] = [path.join(folder, 'history.sqlite'), path.join(folder, 'backup.sqlite')];
    const writing = WritingProcess.start(file, noonMs);
    await writing.until(({ committed }) => (committed ?? 0) >= 100);
    const before = writing.committed;
    const steps: BackupProgress['step'][] = [];
    const task = { task: 'back-up' as const, file, out, force: false, nowMs: noonMs };
    const report = await runFileTask(fileProcesses, task, ({ step }) => steps.push(step)).result;
    const after = writing.committed;
    await writing.until(({ committed }) => (committed ?? 0) > after);
    expect(report).toMatchObject({ file: out });
    expect(report.lastEventId).toBeGreaterThanOrEqual(before);
    expect(report.lastEventId).toBeLessThanOrEqual(writing.committed + 1);
    expect(steps.at(-1)).toBe('checking');
    await writing.kill();

    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual(['backup.sqlite']);
    const db = new Database(out, { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.prepare('SELECT max(id), count(*) FROM events').raw().get()).toEqual([
      report.lastEventId,
      report.lastEventId,
    ]);
    db.close();
    const reading = await openHistoryReadOnly({ file: out, workers: fileProcesses });
    expect(await reading.events(everything)).toHaveLength(report.lastEventId);
    await reading.close();
  });

  it('goes on being a history that Heron can write', async () => {
    const folder = temporaryFolder();
    const [file, out] = [await aClosedHistory(folder), path.join(folder, 'backup.sqlite')];
    // It shows its progress when it takes more than a moment.
    const stderr = expect.stringMatching(/^(heron backup: \d+ % of [\d.]+ MB\n)*$/) as string;
    expect(heron('backup', '--db', file, '--out', out)).toMatchObject({ status: 0, stderr });
    const history = await openHistory({ file: out, workersUrl, nowMs: () => noonMs + 60_000 });
    const types = (await history.events(everything)).map(({ event }) => event.type);
    expect(types).toEqual(['gap', 'flapping', 'failover']);
    await history.close();
  });

  it('says file, size and that it was checked', async () => {
    const folder = temporaryFolder();
    const [file, out] = [await aClosedHistory(folder), path.join(folder, 'backup.sqlite')];
    const said = heron('backup', '--db', file, '--out', out);
    expect(said.stdout).toMatch(
      /backup\.sqlite: 0\.\d MB, 2 events, checked: it is undamaged and complete to the end of .*history\.sqlite\.\n$/,
    );
  });

  it('replaces nothing unless told to, never itself, and never a history that is being written', async () => {
    const folder = temporaryFolder();
    const [file, out] = [await aClosedHistory(folder), path.join(folder, 'backup.sqlite')];
    writeFileSync(out, 'precious');
    const refused = heron('backup', '--db', file, '--out', out);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /^heron backup: There is a file of this name already\. .*--force\. Nothing was written\.\n$/,
    );
    expect(readFileSync(out, 'utf8')).toBe('precious');
    expect(heron('backup', '--db', file, '--out', file, '--force').stderr).toMatch(
      /This name belongs to .*history\.sqlite/,
    );
    expect(heron('backup', '--db', file, '--out', out, '--force').status).toBe(0);

    const history = await openHistory({ file: out, workersUrl });
    const busy = heron('backup', '--db', file, '--out', out, '--force');
    expect(busy.status).toBe(1);
    expect(busy.stderr).toMatch(/still has a log|was not closed|Another Heron is writing/);
    await history.close();
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('of what is not a history, or to nowhere, is refused in words', async () => {
    const folder = temporaryFolder();
    const file = await aClosedHistory(folder);
    const letter = path.join(folder, 'letter.txt');
    writeFileSync(letter, 'Dear diary, this is not SQLite, however long it may get to be in the end.');
    const out = path.join(folder, 'out.sqlite');
    expect(heron('backup', '--db', letter, '--out', out).stderr).toMatch(/not a SQLite file/);
    expect(heron('backup', '--db', path.join(folder, 'gone.sqlite'), '--out', out).stderr).toMatch(
      /no history here/,
    );
    expect(heron('backup', '--db', file, '--out', path.join(folder, 'no', 'out.sqlite')).stderr).toMatch(
      /no such folder/,
    );
    expect(existsSync(out)).toBe(false);
    expect(heron('backup', '--db', file)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--out FILE is missing'),
    });
  });

  it('of a damaged history is not called a backup', async () => {
    const folder = temporaryFolder();
    const [file, out] = [await aClosedHistory(folder), path.join(folder, 'backup.sqlite')];
    const db = new Database(file, { readonly: true });
    const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'events_by_type'").pluck().get();
    db.close();
    const bytes = readFileSync(file);
    bytes.fill(0, (Number(root) - 1) * 4096, Number(root) * 4096);
    writeFileSync(file, bytes);
    const said = heron('backup', '--db', file, '--out', out);
    expect(said.status).toBe(1);
    expect(said.stderr).toMatch(/copy is not sound|damaged/);
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual([]);
  });
});
