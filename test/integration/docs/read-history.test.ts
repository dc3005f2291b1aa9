import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Sample } from '../../../db/model/history-batch';
import { sealBodySchema } from '../../../db/chain/ledger-entry';
import { WriterSession } from '../../../db/write/writer-session';
import { aFailover, anUnansweredSample, aSample, noonMs } from '../../fixtures/history/history-entries';
import { temporaryFolder } from '../../fixtures/history/temporary-folder';
import { tamper } from '../../fixtures/history/tamper';

const script = fileURLToPath(new URL('../../../docs/read-history.py', import.meta.url));
const page = fileURLToPath(new URL('../../../docs/history-format.md', import.meta.url));
const hourMs = 3_600_000;

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('python3', [script, ...args], { encoding: 'utf8' });
}

/** Two hours of an edge, sealed: steady, jumping, unanswered and unknown readings. */
function aSealedHistory(): { file: string; samples: Sample[] } {
  const file = path.join(temporaryFolder(), 'history.sqlite');
  const session = WriterSession.open({ file, nowMs: noonMs, version: 'test' });
  const samples = Array.from({ length: 240 }, (_, index): Sample => {
    const atMs = noonMs + index * 30_000 + (index % 7);
    if (index % 11 === 3) return anUnansweredSample('fra-01', atMs);
    return aSample('fra-01', atMs, {
      latencyMs: 0.5 + (index % 5) / 1000,
      cpuPercent: index % 13 === 0 ? null : (index % 100) / 100,
      swapPercent: null,
      sessions: index,
      proxyInBitsPerSecond: index * index * 1_000_000,
    });
  });
  const others = samples.map((sample) => ({ ...sample, edgeId: 'fra-02', sessions: 1 }));
  const events = [aFailover('ümläut ☂', noonMs)];
  session.commit({
    nowMs: noonMs + 2 * hourMs,
    lost: null,
    batches: [{ atMs: noonMs, spans: [], events, samples: [...samples, ...others] }],
  });
  session.commit({ nowMs: noonMs + 3 * hourMs, lost: null, batches: [] });
  while (session.stepUpkeep());
  session.close();
  return { file, samples };
}

describe('docs/read-history.py', () => {
  it('has at most 100 lines', () => {
    expect(readFileSync(script, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(100);
  });

  it('reads what was written, checks the chains, and leaves nothing behind', () => {
    const { file, samples } = aSealedHistory();
    const names = readdirSync(path.dirname(file));
    const { status, stdout, stderr } = run(file, 'fra-01');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(path.dirname(file))).toEqual(names);
    const [events, ledger, header, ...rows] = stdout.trimEnd().split('\n');
    expect(events).toMatch(/^# events: whole, up to [0-9a-f]{64}$/);
    expect(ledger).toMatch(/^# ledger: whole, up to [0-9a-f]{64}$/);
    const fields = header?.split(',') ?? [];
    expect(rows).toHaveLength(samples.length);
    for (const [index, row] of rows.entries()) {
      const { edgeId: _edge, atMs, answered, ...metrics } = samples[index]!;
      const values = Object.fromEntries(row.split(',').map((cell, at) => [fields[at], cell]));
      expect(Number(values['timeMs'])).toBe(atMs);
      expect(values['answered']).toBe(answered ? '1' : '0');
      for (const [metric, value] of Object.entries(metrics)) {
        if (value === null) expect(values[metric]).toBe('');
        else expect(Math.abs(Number(values[metric]) - value)).toBeLessThanOrEqual(value / 1024);
      }
      if (answered) expect(Number(values['sessions'])).toBe(index);
    }
  });

  it('names the row at which a chain breaks', () => {
    const { file } = aSealedHistory();
    const copy = tamper(file, `${file}.copy`, "UPDATE ledger SET kind = 'prune' WHERE id = 2");
    expect(run(copy)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('ledger row 2 was changed'),
    });
  });
});

describe('docs/history-format.md', () => {
  it('says how a digest is recomputed, and it is so', () => {
    const { file } = aSealedHistory();
    const db = new Database(file, { readonly: true });
    const bodies = db
      .prepare<[], string>("SELECT body FROM ledger WHERE kind = 'seal' ORDER BY id")
      .pluck()
      .all();
    const seal = bodies.map((body) => sealBodySchema.parse(JSON.parse(body))).find((body) => body.chunks[0]);
    const [chunks] = seal?.chunks ?? [];
    const columns = /`chunks`[^|]*\| `([^`]*)`/.exec(readFileSync(page, 'utf8'))?.[1] ?? '';
    expect(chunks?.rows).toBe('1-2');
    const lines = z
      .array(z.string())
      .parse(
        db
          .prepare(`SELECT json_array(${columns}) FROM chunks WHERE hour = ? AND sealing = ? ORDER BY edge`)
          .pluck()
          .all(chunks?.hour, chunks?.sealing),
      );
    const text = lines.map((line) => `${line}\n`).join('');
    expect(createHash('sha256').update(text).digest('hex')).toBe(chunks?.sha256);
    db.close();
  });
});
