import Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../../db/model/history-batch';
import { openHistory } from '../../../../db/open-history';
import { workersUrl } from '../../../fixtures/history/built-workers';
import { aSample, noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function anHour(fromMs: number): Sample[] {
  return Array.from({ length: 60 }, (_, minute) => minute).flatMap((minute) =>
    ['e1', 'e2', 'e3'].map((edgeId) => aSample(edgeId, fromMs + minute * minuteMs)),
  );
}

/** A history whose clock the test moves, and a look into its file from outside. */
async function aHistory(retention?: { sampleDays: number; minuteDays: number; hourDays: number | null }) {
  const file = path.join(temporaryFolder(), `${randomUUID()}.sqlite`);
  const clock = { nowMs: noonMs, monotonicMs: 0 };
  const history = await openHistory({
    file,
    workersUrl,
    nowMs: () => clock.nowMs,
    monotonicMs: () => clock.monotonicMs,
    ...(retention ? { retention } : {}),
  });
  const pass = (ms: number): void => {
    clock.nowMs += ms;
    clock.monotonicMs += ms;
  };
  const read = (sql: string): unknown => {
    const db = new Database(file, { readonly: true });
    try {
      return db.prepare(sql).pluck().get();
    } finally {
      db.close();
    }
  };
  const until = async (sql: string, value: number): Promise<void> => {
    const deadline = Date.now() + 20_000;
    while (read(sql) !== value) {
      if (Date.now() > deadline) throw new Error(`${sql} is still ${String(read(sql))}`);
      await history.write({ spans: [], events: [], samples: [] });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { history, clock, pass, read, until };
}

describe('Upkeep beside writing', () => {
  it('seals an hour once it is over, by the clock it is given, with nobody asking', async () => {
    const { history, pass, read, until } = await aHistory();
    await history.write({ spans: [], events: [], samples: anHour(noonMs) });
    expect(read('SELECT count(*) FROM sealings')).toBe(0);
    pass(hourMs + 2 * minuteMs);
    await until('SELECT count(*) FROM sealings WHERE finished_ms IS NOT NULL', 1);
    expect(read('SELECT count(*) FROM samples')).toBe(0);
    expect(read('SELECT sum(samples) FROM chunks')).toBe(180);
    await history.close();
  });

  it('removes what was kept long enough, and records it in the ledger', async () => {
    const { history, pass, read, until } = await aHistory({ sampleDays: 3, minuteDays: 5, hourDays: null });
    await history.write({ spans: [], events: [], samples: anHour(noonMs) });
    pass(dayMs);
    await until('SELECT count(*) FROM sealings WHERE level = 2 AND finished_ms IS NOT NULL', 1);
    await until("SELECT count(*) > 0 FROM ledger WHERE kind = 'seal'", 1);
    pass(2 * dayMs);
    await history.write({ spans: [], events: [], samples: [] });
    expect(read('SELECT count(*) FROM chunks')).toBe(3);
    pass(dayMs);
    await until('SELECT count(*) FROM chunks', 0);
    expect(read('SELECT count(*) FROM rollups WHERE level = 1')).toBe(3);
    pass(2 * dayMs);
    await until('SELECT count(*) FROM rollups WHERE level = 1', 0);
    expect(read('SELECT count(*) FROM rollups WHERE level = 2')).toBe(3);
    expect(read("SELECT group_concat(json_extract(body, '$.count')) FROM ledger WHERE kind = 'prune'")).toBe(
      '3,3',
    );
    await history.close();
  });

  it('keeps a step of the clock with the run it happened in', async () => {
    const { history, clock, pass, read } = await aHistory();
    await history.write({ spans: [], events: [], samples: [] });
    pass(1000);
    clock.nowMs -= hourMs;
    await history.write({ spans: [], events: [], samples: [aSample('e1', clock.nowMs)] });
    await history.write({ spans: [], events: [], samples: [] });
    expect(read('SELECT count(*) FROM clock_steps')).toBe(1);
    expect(read('SELECT by_ms FROM clock_steps')).toBe(-hourMs);
    expect(read('SELECT at_ms FROM clock_steps')).toBe(clock.nowMs);
    expect(read('SELECT run FROM clock_steps')).toBe(1);
    await history.close();
  });
});
