import Database from 'better-sqlite3';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../fixtures/history/temporary-folder';
import { RunningHeron } from './running-heron';

const inventory = fileURLToPath(new URL('../../fixtures/inventories/example.json', import.meta.url));
const plants = mkdtempSync(path.join(tmpdir(), 'heron-planted-'));
const running: RunningHeron[] = [];
/** Long, for a busy machine. */
const waitMs = 60_000;
let plantedFiles = 0;

afterAll(() => rmSync(plants, { recursive: true, force: true }));

afterEach(async () => {
  for (const heron of running.splice(0)) await heron.kill();
});

/** Code in the main thread of a command's process that does something on SIGUSR2. */
function planted(action: string): Record<string, string> {
  plantedFiles += 1;
  const file = path.join(plants, `planted-${plantedFiles}.mjs`);
  const condition = "import { isMainThread } from 'node:worker_threads';\nif (isMainThread)";
  writeFileSync(file, `${condition} process.on('SIGUSR2', () => { ${action} });\n`);
  return { NODE_OPTIONS: `--import=${pathToFileURL(file).href}` };
}

const inTimer = planted("setTimeout(() => { throw new Error('planted. password=hunter22'); }, 1)");
const rejection = planted("void Promise.reject(new Error('planted. password=hunter22'))");

function start(args: string[], environment: Record<string, string> = {}): RunningHeron {
  const heron = new RunningHeron(args, environment);
  running.push(heron);
  return heron;
}

/** How the last run in a history ended. */
function lastEnd(file: string): unknown {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare('SELECT ended FROM monitor_runs ORDER BY id DESC LIMIT 1').pluck().get();
  } finally {
    db.close();
  }
}

/** The recorded gaps. */
function gaps(file: string): unknown[] {
  const db = new Database(file, { readonly: true });
  try {
    const select =
      "SELECT body ->> 'reason' AS reason, body ->> 'words' AS words FROM events WHERE type = 'gap'";
    return db.prepare(select).all();
  } finally {
    db.close();
  }
}

describe('An error in heron watch that nothing catches', () => {
  it.each([
    ['an exception in a timer', inTimer],
    ['a rejection', rejection],
  ])(
    'ends it with a summary, a closed history and a sentence, and the next start explains the gap: %s',
    async (_, environment) => {
      const file = path.join(temporaryFolder(), 'history.sqlite');
      const args = ['watch', '--inventory', inventory, '--db', file];
      const heron = start(args, environment);
      await heron.line('a state', ({ type }) => type === 'start', waitMs);
      await vi.waitFor(() => expect(heron.stderr).toContain('Monitoring'), waitMs);
      heron.signal('SIGUSR2');
      expect(await heron.ended).toEqual({ code: 1, signal: null });
      expect(heron.lines.at(-1)).toMatchObject({ type: 'summary', events: { finding: expect.any(Number) } });
      expect(heron.lines).toContainEqual(
        expect.objectContaining({
          type: 'finding',
          reason: expect.objectContaining({ code: 'ended-by-fault' }),
        }),
      );
      expect(heron.stderr).toMatch(
        /Ended because of an error in Heron itself: Error: planted\. .*Please report it\./,
      );
      expect(heron.stderr).toContain(`The history ${file} is closed.`);
      expect(heron.stderr + JSON.stringify(heron.lines)).not.toContain('hunter22');
      expect(lastEnd(file)).toBe('closed');

      const next = start(args);
      await next.line('the start', ({ type }) => type === 'start', waitMs);
      next.signal('SIGHUP');
      expect(await next.ended).toEqual({ code: 0, signal: null });
      expect(gaps(file)).toContainEqual({
        reason: 'restarted',
        words: expect.stringMatching(/error in itself: Error: planted.*It was started again\./),
      });
    },
    180_000,
  );

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s ends it with a summary and a closed history',
    async (signal) => {
      const file = path.join(temporaryFolder(), 'history.sqlite');
      const heron = start(['watch', '--inventory', inventory, '--db', file]);
      await heron.line('the start', ({ type }) => type === 'start', waitMs);
      heron.signal(signal);
      expect(await heron.ended).toEqual({ code: 0, signal: null });
      expect(heron.lines.at(-1)?.type).toBe('summary');
      expect(heron.stderr).toContain('Ended by a signal.');
      expect(lastEnd(file)).toBe('closed');
    },
    180_000,
  );
});

describe('An error that nothing catches', () => {
  it('ends heron wall with a sentence, and removes its history', async () => {
    const temporary = temporaryFolder();
    const heron = start(['wall', '--inventory', inventory], { ...inTimer, TMPDIR: temporary });
    await vi.waitFor(() => expect(heron.otherLines).not.toEqual([]), waitMs);
    heron.signal('SIGUSR2');
    expect(await heron.ended).toEqual({ code: 1, signal: null });
    expect(heron.stderr).toContain('heron wall: Ended because of an error in Heron itself: Error: planted.');
  }, 180_000);

  it('ends heron demo with a sentence', async () => {
    const heron = start(['demo', '--clusters', '1', '--script', 'none'], rejection);
    await heron.line('the fleet', ({ type }) => type === 'demo-ready', waitMs);
    heron.signal('SIGUSR2');
    expect(await heron.ended).toEqual({ code: 1, signal: null });
    expect(heron.stderr).toContain('heron demo: Ended because of an error in Heron itself: Error: planted.');
  }, 180_000);
});
