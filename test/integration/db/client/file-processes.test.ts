import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ReadPool } from '../../../../db/client/read-pool';
import { forkNode } from '../../../../db/threads/fork-process';
import { processesIn } from '../../../../db/threads/process-workers';
import type { Workers } from '../../../../db/threads/workers';
import { workersUrl } from '../../../fixtures/history/built-workers';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const plenty = { stallMs: 60_000, residentBytes: 2 ** 40, heapMb: 512 };

/** Readers that open, and then do this with each question; the same limits for every file. */
function readersThat(answer: string, limits: Partial<typeof plenty> = {}): Workers {
  const folder = path.join(temporaryFolder(), 'workers');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    path.join(folder, 'history-reader.js'),
    `process.on('message', ({ id, name }) => {
       if (name === 'open' || name === 'close') process.send({ id, durationMs: 0, result: null });
       else if (name !== undefined) { ${answer} }
     });`,
  );
  const url = pathToFileURL(`${folder}${path.sep}`);
  return processesIn(url, forkNode, () => ({ ...plenty, ...limits }));
}

function poolOf(workers: Workers): ReadPool {
  return new ReadPool({ file: '/nowhere.sqlite', workers, readers: 1 });
}

describe('A process that reads a file', () => {
  it('is ended when a question makes no progress, and another one is started for the next', async () => {
    const pool = poolOf(readersThat('for (;;);', { stallMs: 2000 }));
    await pool.open();
    for (let question = 0; question < 2; question += 1)
      await expect(pool.queries.coverage()).rejects.toMatchObject({
        failure: { code: 'damaged', what: 'Reading this file made no progress for 2 s and was ended.' },
      });
    await pool.close();
  });

  it('that crashes is reported, and another one is started for the next question', async () => {
    const mark = path.join(temporaryFolder(), 'crashed');
    const answer = `import('node:fs').then(({ existsSync, writeFileSync }) => {
      if (existsSync('${mark}')) return process.send({ id, durationMs: 0, result: null });
      writeFileSync('${mark}', '');
      process.kill(process.pid, 'SIGSEGV');
    });`;
    const pool = poolOf(readersThat(answer));
    await pool.open();
    await expect(pool.queries.coverage()).rejects.toMatchObject({
      failure: { code: 'thread-ended', where: '/nowhere.sqlite' },
    });
    expect(await pool.queries.coverage()).toBeNull();
    await pool.close();
  });

  it('is ended when it takes too much memory', async () => {
    const watchdog = new URL('process-watchdog.js', workersUrl).href;
    const answer = `import('node:worker_threads').then(({ Worker }) => {
      const parents = { parentPid: process.ppid, systemParentPid: process.ppid };
      new Worker(new URL('${watchdog}'), { workerData: { residentBytes: 1 << 20, ...parents } });
      for (;;);
    });`;
    const pool = poolOf(readersThat(answer, { residentBytes: 1 << 20 }));
    await pool.open();
    await expect(pool.queries.coverage()).rejects.toMatchObject({
      failure: { code: 'damaged', what: 'Reading this file took more than 1 MB of memory and was ended.' },
    });
    await pool.close();
  });

  it('has no password of the environment', async () => {
    process.env['HERON_TEST_PASSWORD'] = 'secret';
    const answer = `process.send({ id, durationMs: 0, result: Object.values(process.env) });`;
    const pool = poolOf(readersThat(answer));
    await pool.open();
    expect(await pool.queries.coverage()).not.toContain('secret');
    await pool.close();
    delete process.env['HERON_TEST_PASSWORD'];
  });

  it('ends with the one that wanted the file, also while it is busy', async () => {
    const folder = temporaryFolder();
    const watchdog = new URL('process-watchdog.js', workersUrl).href;
    const entry = path.join(folder, 'busy.mjs');
    writeFileSync(
      entry,
      `import { Worker } from 'node:worker_threads';
       const parents = { parentPid: process.ppid, systemParentPid: process.ppid };
       new Worker(new URL('${watchdog}'), { workerData: { residentBytes: 2 ** 40, ...parents } });
       process.send(process.pid, () => { for (;;); });`,
    );
    const parent = path.join(folder, 'parent.mjs');
    writeFileSync(
      parent,
      `import { fork } from 'node:child_process';
       fork('${entry}').on('message', (pid) => console.log(pid));`,
    );
    const running = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [printed] = (await once(running.stdout, 'data')) as [Buffer];
    const pid = Number(printed.toString());
    expect(isRunning(pid)).toBe(true);
    running.kill('SIGKILL');
    await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
  });
});

/** A process that has ended and was not waited for yet (a zombie) does not run. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
