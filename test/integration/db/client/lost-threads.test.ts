import Database from 'better-sqlite3';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { History } from '../../../../db/client/history';
import { openHistory } from '../../../../db/open-history';
import { workersUrl } from '../../../fixtures/history/built-workers';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const ends = {
  'is gone': 'process.exit(3);',
  'meets an exception in a timer': "throw new Error('planted');",
  'meets a rejection': "void Promise.reject(new Error('planted'));",
};
const everyMs = 20;
const opened: History[] = [];

afterEach(async () => {
  for (const history of opened.splice(0)) await history.close();
});

interface EndingThreads {
  url: URL;
  end(entry: string): void;
  /** How often a thread has started. */
  starts(entry: string): number;
}

/** The real threads, of which one ends as soon as a file of its name and `.end` appears. */
function threadsThatEnd(how: string): EndingThreads {
  const folder = path.join(temporaryFolder(), 'workers');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  for (const entry of ['history-writer.js', 'history-reader.js', 'history-file-task.js'])
    writeFileSync(
      path.join(folder, entry),
      `import { appendFileSync, existsSync, rmSync } from 'node:fs';
       appendFileSync(${JSON.stringify(path.join(folder, `${entry}.starts`))}, '.');
       await import(${JSON.stringify(new URL(entry, workersUrl).href)});
       const order = ${JSON.stringify(path.join(folder, `${entry}.end`))};
       setInterval(() => {
         if (!existsSync(order)) return;
         rmSync(order);
         ${how}
       }, ${everyMs}).unref();`,
    );
  return {
    url: pathToFileURL(`${folder}${path.sep}`),
    end: (entry) => writeFileSync(path.join(folder, `${entry}.end`), ''),
    starts: (entry) => {
      const file = path.join(folder, `${entry}.starts`);
      return existsSync(file) ? readFileSync(file, 'utf8').length : 0;
    },
  };
}

async function scene(how: string) {
  const file = path.join(temporaryFolder(), 'history.sqlite');
  const threads = threadsThatEnd(how);
  const history = await openHistory({ file, workersUrl: threads.url, readers: 1, version: 'test' });
  opened.push(history);
  return { file, threads, history };
}

function batch(number: number) {
  const atMs = Date.now();
  const note = { clusterId: null, clusterName: null, edgeId: null, edgeName: null };
  const reason = { code: 'planted', fact: `Batch ${number}.`, detail: '' };
  const event = { type: 'finding' as const, timeMs: atMs, recordedAtMs: atMs, ...note, reason };
  const spans =
    number === 0
      ? [{ kind: 'edge-health' as const, subjectId: 'e1', state: 'up' as const, fromMs: atMs }]
      : [];
  return { spans, events: [event], samples: [] };
}

describe.each(Object.entries(ends))('When a thread of the history %s', (_, how) => {
  it('and it is the writer, it is started again: every batch is written, in the same run, without a gap', async () => {
    const { file, threads, history } = await scene(how);
    const writes: Promise<unknown>[] = [];
    let isWriting = true;
    const writing = (async () => {
      while (isWriting) {
        writes.push(history.write(batch(writes.length)));
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    })();
    await writes[0];
    for (const starts of [2, 3]) {
      threads.end('history-writer.js');
      // The status names the ended thread for a moment only, so its successor is waited for.
      await vi.waitFor(() => expect(threads.starts('history-writer.js')).toBe(starts), 30_000);
      await vi.waitFor(() => expect(history.status().state).toBe('writing'), 30_000);
    }
    isWriting = false;
    await writing;
    const recorded = await Promise.all(writes);
    expect(recorded.every((events) => Array.isArray(events) && events.length === 1)).toBe(true);
    await history.close();
    const db = new Database(file, { readonly: true });
    expect(db.prepare('SELECT ended FROM monitor_runs').pluck().all()).toEqual(['closed']);
    expect(db.prepare("SELECT count(*) FROM events WHERE type = 'gap'").pluck().get()).toBe(0);
    expect(db.prepare('SELECT count(*) FROM spans').pluck().get()).toBe(1);
    db.close();
  }, 120_000);

  it('and it is a reader, the next query is answered by another', async () => {
    const { threads, history } = await scene(how);
    await history.write(batch(0));
    const count = async (): Promise<number> => (await history.runs()).length;
    expect(await count()).toBe(1);
    threads.end('history-reader.js');
    // A query that the thread was answering when it ended is refused, and never left without an answer.
    const answers: unknown[] = [];
    await vi.waitFor(
      async () => {
        answers.push(await count().catch((fault: unknown) => fault));
        expect(answers.length).toBeGreaterThan(20);
      },
      { timeout: 30_000, interval: everyMs },
    );
    expect(answers.at(-1)).toBe(1);
    expect(history.status().state).toBe('writing');
  }, 120_000);
});
