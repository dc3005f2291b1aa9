import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openChunkBody } from '../../../../db/codec/chunk';
import { openWritable } from '../../../../db/file/open-writable';
import { migrations } from '../../../../db/migrations/migrations';
import { QuerySession } from '../../../../db/query/query-session';
import { verifyHistory } from '../../../../db/verify/verify-history';
import type { SamplePage } from '../../../../domain/model/history';
import { tamper } from '../../../fixtures/history/tamper';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const recorded = fileURLToPath(
  new URL('../../../fixtures/history/recorded/version-5.sqlite', import.meta.url),
);
const script = fileURLToPath(new URL('../../../../docs/read-history.py', import.meta.url));
/** Of the key that signed it while it was recorded. */
const key = '9f70e3b55dcf1aaa850676294256cc07c509e415d1ad78cfd0d4741f1c5a2877';

/** 13 minutes of two real net-snmp agents, recorded by `heron watch` when files had version 5, across an hour's end. */
function aCopy(): string {
  const file = path.join(temporaryFolder(), 'history.sqlite');
  cpSync(recorded, file);
  return file;
}

function samplesOf(file: string): { edgeId: string; timesMs: number[]; latencyMs: number[] }[] {
  const session = QuerySession.open(file);
  onTestFinished(() => session.close());
  const blocks: SamplePage['blocks'] = [];
  const range = { fromMs: 0, toMs: 9e12, edgeIds: null };
  for (let after: SamplePage['next'] = null; ;) {
    const page: SamplePage = session.run('samples', { ...range, after } as never);
    blocks.push(...page.blocks);
    if (page.next === null) break;
    after = page.next;
  }
  return blocks.map(({ edgeId, timesMs, values }) => ({
    edgeId,
    timesMs: [...timesMs],
    latencyMs: [...values.latencyMs],
  }));
}

describe('A history that was recorded in a file of version 5', () => {
  it('is verified as it is', () => {
    const { verdict } = verifyHistory({ file: aCopy(), key, anchor: null });
    expect(verdict).toMatchObject({ word: 'verified' });
  });

  it('is verified once it is written on, and has the same samples', () => {
    const file = aCopy();
    const before = samplesOf(file);
    expect(before.reduce((sum, { timesMs }) => sum + timesMs.length, 0)).toBe(314);
    openWritable(file, migrations, Date.UTC(2026, 11, 2)).close();
    expect(samplesOf(file)).toEqual(before);
    expect(verifyHistory({ file, key, anchor: null }).verdict).toMatchObject({ word: 'verified' });
  });

  it('is not verified with another byte in a chunk', () => {
    const file = aCopy();
    const db = new Database(file, { readonly: true });
    const body = Buffer.from(
      db.prepare<[], Buffer>('SELECT body FROM chunks WHERE id = 1').pluck().get() ?? [],
    );
    db.close();
    body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1;
    const altered = tamper(
      file,
      `${file}.altered`,
      `UPDATE chunks SET body = x'${body.toString('hex')}' WHERE id = 1`,
    );
    expect(verifyHistory({ file: altered, key, anchor: null }).verdict).toMatchObject({ why: 'bad-record' });
  });

  it('has the samples that docs/read-history.py prints', () => {
    const db = new Database(recorded, { readonly: true });
    const { id, body } = db
      .prepare<[], { id: string; body: Buffer }>(
        'SELECT edges.id, body FROM chunks JOIN edges ON number = edge ORDER BY number LIMIT 1',
      )
      .get() ?? { id: '', body: Buffer.alloc(0) };
    db.close();
    const chunk = openChunkBody(body);
    const { stdout, status } = spawnSync('python3', [script, recorded, id], { encoding: 'utf8' });
    expect(status).toBe(0);
    const rows = stdout.trimEnd().split('\n').slice(3);
    const latency = chunk.stored('latencyMs');
    expect(rows.map((row) => row.split(',').slice(0, 3).map(Number))).toEqual(
      [...chunk.timesMs()].map((atMs, row) => [atMs, chunk.answered()[row], (latency[row] ?? 0) / 1000]),
    );
  });
});
