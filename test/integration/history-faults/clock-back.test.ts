import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHistory } from '../../../db/open-history';
import { column, query } from '../../fixtures/history-faults/damage';
import { aTurn } from '../../fixtures/history-faults/turns';
import { workersUrl } from '../../fixtures/history/built-workers';
import { noonMs } from '../../fixtures/history/history-entries';
import { temporaryFolder } from '../../fixtures/history/temporary-folder';

const hourMs = 3_600_000;

function expectStatesInOrder(file: string): void {
  expect(query(file, 'SELECT * FROM spans WHERE to_ms < from_ms')).toEqual([]);
}

describe('A clock set back by an hour', () => {
  it('while running: every reading and event is kept, and no state ends before it began', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    let nowMs = noonMs;
    const history = await openHistory({ file, workersUrl, nowMs: () => nowMs });
    const times = [0, 1000, 2000, -hourMs + 3000, -hourMs + 4000, -hourMs + 5000].map((by) => noonMs + by);
    for (const atMs of times) {
      nowMs = atMs;
      expect(await history.write(aTurn(atMs))).toHaveLength(1);
    }
    await history.close();
    expectStatesInOrder(file);
    expect(column(file, 'SELECT DISTINCT minute * 60000 + ms AS at FROM samples ORDER BY at')).toEqual(
      [...times].sort((a, b) => a - b),
    );
    expect(column(file, 'SELECT time_ms FROM events ORDER BY id')).toEqual(times);
    expect(column(file, 'SELECT count(*) FROM samples')).toEqual([times.length * 20]);
  });

  it('back to a time that has readings already: the new ones stand beside them, or in the place of the same millisecond', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    let nowMs = noonMs;
    const history = await openHistory({ file, workersUrl, nowMs: () => nowMs });
    const times = [0, 1000, hourMs, hourMs + 1000, 500, 1000, 1500].map((by) => noonMs + by);
    for (const atMs of times) {
      nowMs = atMs;
      await history.write(aTurn(atMs));
    }
    await history.close();
    expectStatesInOrder(file);
    expect(column(file, 'SELECT count(DISTINCT minute * 60000 + ms) FROM samples')).toEqual([
      new Set(times).size,
    ]);
  });

  it('between two runs: the step is recorded, nothing of the last run is lost or turned around', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const first = await openHistory({ file, workersUrl, nowMs: () => noonMs });
    await first.write(aTurn(noonMs));
    await first.close();
    const second = await openHistory({ file, workersUrl, nowMs: () => noonMs - hourMs });
    await second.write(aTurn(noonMs - hourMs));
    const [gap] = await second.events({ clusterId: null, types: ['gap'], beforeId: null, limit: 5 });
    expect(gap?.event).toMatchObject({
      reason: 'clock-stepped',
      words:
        'The clock was set back while Heron was not running: the last entry is from 2026-11-22T12:00:00.000Z.',
    });
    await second.close();
    expectStatesInOrder(file);
    expect(column(file, 'SELECT count(*) FROM samples')).toEqual([40]);
  });
});
