import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ReadPool, type SlowQuery } from '../../../../db/client/read-pool';
import { threadsIn } from '../../../../db/threads/workers';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

/** A folder of thread entries whose reader opens, and then does this with each question. */
function readersThat(answer: string): URL {
  const folder = path.join(temporaryFolder(), 'workers');
  mkdirSync(folder);
  writeFileSync(
    path.join(folder, 'history-reader.mjs'),
    `import { parentPort } from 'node:worker_threads';
     parentPort.on('message', ({ id, name, args }) => {
       if (name === 'open') parentPort.postMessage({ id, durationMs: 0, result: null });
       else if (name === 'close') { parentPort.postMessage({ id, durationMs: 0, result: null }); parentPort.close(); }
       else { ${answer} }
     });`,
  );
  writeFileSync(path.join(folder, 'history-reader.js'), `import './history-reader.mjs';`);
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  return pathToFileURL(`${folder}${path.sep}`);
}

function poolOf(answer: string, onSlowQuery?: (query: SlowQuery) => void): ReadPool {
  return new ReadPool({
    file: '/nowhere.sqlite',
    workers: threadsIn(readersThat(answer)),
    readers: 2,
    onSlowQuery,
  });
}

describe('A pool of readers', () => {
  it('is closed within seconds, even while an answer takes for ever, and that question fails', async () => {
    const pool = poolOf('for (;;);');
    await pool.open();
    const asked = expect(pool.queries.coverage()).rejects.toMatchObject({
      failure: { code: 'thread-ended' },
    });
    const startMs = performance.now();
    await pool.close();
    expect(performance.now() - startMs).toBeLessThan(20_000);
    await asked;
  });

  it('has all its threads read a series of many edges, and puts it together as one', async () => {
    const columns = '{ min: [], avg: [], max: [], count: [args.edgeIds.length], unknown: [] }';
    const byEdge = `Object.fromEntries(args.edgeIds.map((id) => [id, ${columns}]))`;
    const series = `{ fromMs: 0, stepMs: 1, times: [], level: 'sample', byEdge: ${byEdge} }`;
    const pool = poolOf(`parentPort.postMessage({ id, durationMs: 0, result: ${series} });`);
    await pool.open();
    const edgeIds = Array.from({ length: 16 }, (_, n) => `e${n}`);
    const request = { metric: 'sessions' as const, fromMs: 0, toMs: 1, points: 1 };
    const { byEdge: answered } = await pool.queries.series({ ...request, edgeIds });
    expect(Object.keys(answered)).toEqual(edgeIds);
    expect(answered['e0']?.count).toEqual([8]);
    const few = await pool.queries.series({ ...request, edgeIds: ['e1', 'e2'] });
    expect(few.byEdge['e1']?.count).toEqual([2]);
    await pool.close();
  });

  it('reports a query that took a reader more than 50 ms, and no other', async () => {
    const slow: SlowQuery[] = [];
    const pool = poolOf(
      `const durationMs = name === 'runs' ? 50.1 : 50;
       parentPort.postMessage({ id, durationMs, result: null });`,
      (query) => slow.push(query),
    );
    await pool.open();
    await pool.queries.coverage();
    await pool.queries.runs();
    expect(slow).toEqual([{ name: 'runs', durationMs: 50.1 }]);
    await pool.close();
  });
});
