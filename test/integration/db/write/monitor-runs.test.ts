import Database from 'better-sqlite3';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../../domain/model/event';
import { faultEvent } from '../../../../domain/model/heron-fault';
import { openHistory } from '../../../../db/open-history';
import { workersUrl } from '../../../fixtures/history/built-workers';
import { noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const minuteMs = 60_000;

/** One run: opens at `startMs`, writes a span and then, `watchMs` later, an empty batch, and closes. Answers the gaps on file. */
async function run(file: string, startMs: number, watchMs: number): Promise<RecordedEvent[]> {
  let nowMs = startMs;
  const history = await openHistory({ file, workersUrl, nowMs: () => nowMs, version: '1.2.3' });
  const spans = [{ kind: 'edge-health', subjectId: 'e1', state: 'up', fromMs: nowMs }] as const;
  await history.write({ spans: [...spans], events: [], samples: [] });
  nowMs += watchMs;
  await history.write({ spans: [], events: [], samples: [] });
  // The app hangs for a while before it is closed: nobody watched, so the span does not last that long.
  nowMs += minuteMs;
  const gaps = await history.events({ clusterId: null, types: ['gap'], beforeId: null, limit: 10 });
  await history.close();
  return gaps;
}

describe('Monitor runs', () => {
  it('leave a gap between them, and no state in it', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    expect(await run(file, noonMs, 10 * minuteMs)).toEqual([]);
    const [gap] = await run(file, noonMs + 60 * minuteMs, 5 * minuteMs);
    expect(gap?.event).toMatchObject({
      type: 'gap',
      reason: 'not-running',
      fromMs: noonMs + 10 * minuteMs,
      toMs: noonMs + 60 * minuteMs,
      words: 'Heron was closed. Nothing was monitored.',
    });
    const db = new Database(file, { readonly: true });
    expect(
      db.prepare('SELECT (from_ms - ?) / 60000, (to_ms - ?) / 60000 FROM spans').raw().all(noonMs, noonMs),
    ).toEqual([
      [0, 10],
      [60, 65],
    ]);
    expect(
      db.prepare('SELECT version, host, ended, time_zone <> ? AS zoned FROM monitor_runs').all(''),
    ).toEqual([
      { version: '1.2.3', host: hostname(), ended: 'closed', zoned: 1 },
      { version: '1.2.3', host: hostname(), ended: 'closed', zoned: 1 },
    ]);
    db.close();
  });

  it('explain the gap after a run that an error in Heron ended, and only that one', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const history = await openHistory({ file, workersUrl, nowMs: () => noonMs, version: '1.2.3' });
    const events = [faultEvent('planted', false, noonMs), faultEvent('planted twice', true, noonMs)];
    await history.write({ spans: [], samples: [], events });
    await history.close();
    const [gap] = await run(file, noonMs + minuteMs, minuteMs);
    expect(gap?.event).toMatchObject({
      type: 'gap',
      reason: 'restarted',
      fromMs: noonMs,
      toMs: noonMs + minuteMs,
      words:
        'Heron ended because of an error in itself: planted twice. It was started again. Nothing was monitored meanwhile.',
    });
    const [next] = await run(file, noonMs + 60 * minuteMs, minuteMs);
    expect(next?.event).toMatchObject({
      reason: 'not-running',
      words: 'Heron was closed. Nothing was monitored.',
    });
  });

  it('call it a stepped clock when the last run ended in the future', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    await run(file, noonMs, 10 * minuteMs);
    const [gap] = await run(file, noonMs - 60 * minuteMs, minuteMs);
    expect(gap?.event).toMatchObject({ type: 'gap', reason: 'clock-stepped', toMs: noonMs - 60 * minuteMs });
  });
});
