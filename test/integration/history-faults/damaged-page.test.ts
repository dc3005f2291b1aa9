import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventHash } from '../../../db/chain/event-chain';
import type { HistoryCare } from '../../../domain/model/snapshot';
import type { History } from '../../../db/client/history';
import { openHistory } from '../../../db/open-history';
import {
  column,
  makeHistory,
  middleLeafOf,
  pageBytes,
  pagesOf,
  query,
  zeroPage,
} from '../../fixtures/history-faults/damage';
import { workersUrl } from '../../fixtures/history/built-workers';
import { aFlapping, anInventory, noonMs } from '../../fixtures/history/history-entries';
import { temporaryFolder } from '../../fixtures/history/temporary-folder';

const turns = 400;
const laterMs = noonMs + 3_600_000;
const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

function aHistory(end: 'closed' | 'unclean' = 'closed'): string {
  const file = path.join(temporaryFolder(), 'history.sqlite');
  makeHistory(file, turns, end);
  return file;
}

function open(file: string): Promise<History> {
  return openHistory({ file, workersUrl, nowMs: () => laterMs, version: 'test' });
}

function keptFiles(file: string): string[] {
  const folder = path.dirname(file);
  return readdirSync(folder)
    .filter((name) => name.includes('.damaged-'))
    .map((name) => path.join(folder, name));
}

async function until(history: History, state: HistoryCare['state']): Promise<HistoryCare> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { care } = history.status();
    if (care?.state === state) return care;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(history.status())}`);
    await history.write({ spans: [], events: [], samples: [] });
  }
}

/** What must hold of any salvaged file: sound, its chain unbroken but at the numbers that are lost, and still written to. */
function expectSoundExceptFor(file: string, lostEvents: number[]): void {
  expect(column(file, 'PRAGMA integrity_check')).toEqual(['ok']);
  expect(column(file, 'PRAGMA foreign_key_check')).toEqual([]);
  const events = query<{ id: number; body: string; hash: Buffer; previous_hash: Buffer }>(
    file,
    'SELECT id, body, hash, previous_hash FROM events ORDER BY id',
  );
  const broken = events.filter((event, index) => {
    const before = events[index - 1];
    return before !== undefined && (before.id + 1 !== event.id || !before.hash.equals(event.previous_hash));
  });
  expect(broken.map(({ id }) => id)).toEqual(lostEvents.length === 0 ? [] : [Math.max(...lostEvents) + 1]);
  for (const { id, body, hash, previous_hash } of events) {
    expect(hash.equals(eventHash(id, previous_hash, body))).toBe(true);
  }
}

describe('A history with a page of zeros', () => {
  it('in the middle of its events, found by the check after an unclean end: all other rows saved, the loss named, writing goes on', async () => {
    const file = aHistory('unclean');
    const before = column<number>(file, 'SELECT id FROM events');
    zeroPage(file, middleLeafOf(file, 'events'));
    const history = await open(file);
    expect(history.status().care?.state).toBe('checking');
    const care = await until(history, 'recovered');
    expect(care.words).toMatch(
      /The history file was damaged, and was salvaged\. SQLite found: .+\. Lost: events \d+ to \d+ after 2026-\S+ and before 2026-\S+\. The damaged file is kept as .*\.damaged-20261122T130000Z\./,
    );
    expect(await history.write({ spans: [], samples: [], events: [aFlapping('c', laterMs)] })).toHaveLength(
      1,
    );
    await history.close();

    const [kept] = keptFiles(file);
    expect(keptFiles(file)).toHaveLength(1);
    expect(existsSync(`${file}.salvaging`)).toBe(false);
    const after = new Set(column<number>(file, 'SELECT id FROM events'));
    const lost = before.filter((id) => !after.has(id));
    const [, from, to] = /events (\d+) to (\d+)/.exec(care.words) ?? [];
    expect(lost).toEqual(Array.from({ length: Number(to) - Number(from) + 1 }, (_, n) => Number(from) + n));
    expect(lost.length).toBeLessThan(40);
    expectSoundExceptFor(file, lost);
    for (const table of ['spans', 'samples', 'inventory_versions', 'edges', 'meta']) {
      const count = `SELECT count(*) FROM ${table}`;
      expect([table, column(file, count)]).toEqual([table, column(kept!, count)]);
    }
    // The monitor's run went on: it began once, and no gap came from the salvage.
    expect(column(file, 'SELECT ended FROM monitor_runs')).toEqual(['lost', 'closed']);
    const findings = column<string>(file, "SELECT body FROM events WHERE type = 'finding'");
    expect(findings.join()).toMatch(/history-recovered.*What could be read was salvaged/);
  });

  it('where the header was: everything is saved from what is left', async () => {
    const file = aHistory();
    const counts = ['events', 'spans', 'samples', 'inventory_versions', 'edges', 'meta'].map(
      (table) => [table, column(file, `SELECT count(*) FROM ${table}`)[0]] as const,
    );
    const historyId = column(file, "SELECT value FROM meta WHERE key = 'history-id'");
    zeroPage(file, 1);
    const damaged = sum(file);
    const history = await open(file);
    expect(history.status().care).toMatchObject({
      state: 'recovered',
      words: expect.stringMatching(
        /This is not a SQLite file.* Nothing was lost\. The damaged file is kept as/,
      ),
    });
    expect(await history.inventory()).toEqual(anInventory());
    await history.close();
    expect(keptFiles(file).map(sum)).toEqual([damaged]);
    expect(column(file, "SELECT value FROM meta WHERE key = 'history-id'")).toEqual(historyId);
    for (const [table, count] of counts) {
      // Two more events: what was salvaged, and the gap since the last run.
      const more = table === 'events' ? 2 : 0;
      expect([table, column(file, `SELECT count(*) FROM ${table}`)]).toEqual([table, [Number(count) + more]]);
    }
    expectSoundExceptFor(file, []);
  });

  it('in what writing needs: it is salvaged while watching goes on, what waits is written, the lost states become a gap', async () => {
    const file = aHistory();
    zeroPage(file, middleLeafOf(file, 'spans'));
    zeroPage(file, pagesOf(file, 'spans_open')[0]!.number);
    const history = await open(file);
    expect(history.status().care).toBeNull();
    const spans = [{ kind: 'edge-health' as const, subjectId: 'e1', state: 'up' as const, fromMs: laterMs }];
    const written = history.write({ spans, samples: [], events: [aFlapping('c', laterMs)] });
    const care = await until(history, 'recovered');
    expect(care.words).toMatch(/Lost: states after 2026-11-22T12:0\S+ and before 2026-11-22T12:0/);
    expect(await written).toHaveLength(1);
    const gaps = await history.events({ clusterId: null, types: ['gap'], beforeId: null, limit: 5 });
    expect(gaps.map(({ event }) => event)).toMatchObject([
      { type: 'gap', reason: 'history-damaged', recordedAtMs: laterMs },
      { type: 'gap', reason: 'not-running', fromMs: noonMs + turns * 1000, toMs: laterMs },
    ]);
    expect(history.status()).toMatchObject({ state: 'writing', droppedBatches: 0 });
    await history.close();
    expectSoundExceptFor(file, []);
    expect(column(file, 'SELECT ended FROM monitor_runs')).toEqual(['closed', 'closed']);
  });

  it.each(['samples', 'events', 'spans', 'meta', 'monitor_runs', 'edges', 'inventory_versions'])(
    'where the tree of %s begins: the other tables are saved whole',
    async (table) => {
      const file = aHistory();
      const tables = ['samples', 'events', 'spans', 'edges', 'inventory_versions'];
      const counts = new Map(
        tables.map((name) => [name, column<number>(file, `SELECT count(*) FROM ${name}`)[0]]),
      );
      zeroPage(file, column<number>(file, `SELECT rootpage FROM sqlite_schema WHERE name = '${table}'`)[0]!);
      // Without the id of the history nothing would say any more that this is one, if the header were gone as well.
      if (table !== 'meta') zeroPage(file, 1);
      const history = await open(file);
      expect(history.status().care?.state).toBe('recovered');
      expect(history.status().care?.words).toMatch(/Lost: /);
      await history.close();
      expect(column(file, 'PRAGMA integrity_check')).toEqual(['ok']);
      expect(column(file, 'PRAGMA foreign_key_check')).toEqual([]);
      for (const name of tables.filter(
        (other) => other !== table && other !== 'events' && other !== 'edges',
      )) {
        expect([name, column(file, `SELECT count(*) FROM ${name}`)[0]]).toEqual([name, counts.get(name)]);
      }
      expect(column(file, 'SELECT count(DISTINCT edge) FROM samples')).toEqual(
        table === 'samples' ? [0] : [20],
      );
    },
  );
});

describe('A history that is cut off', () => {
  it('in the middle keeps what is left of it', async () => {
    const file = aHistory();
    const pages = Math.floor(readFileSync(file).length / pageBytes);
    truncateSync(file, Math.floor(pages / 2) * pageBytes);
    const history = await open(file);
    expect(history.status().care).toMatchObject({
      state: 'recovered',
      words: expect.stringMatching(/Lost: /),
    });
    await history.close();
    expect(column(file, 'PRAGMA integrity_check')).toEqual(['ok']);
    expect(column<number>(file, 'SELECT count(*) FROM events')[0]).toBeGreaterThan(10);
  });
});

describe('A file that never was a history', () => {
  it.each([
    ['a long text', Buffer.from('Dear diary. '.repeat(3000))],
    ['zeros', Buffer.alloc(20 * pageBytes)],
    ['noise', noise(20 * pageBytes)],
  ])('such as %s is refused, and not “recovered”', async (_what, bytes) => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    writeFileSync(file, bytes);
    await expect(open(file)).rejects.toMatchObject({ failure: { code: 'not-a-history' } });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(keptFiles(file)).toEqual([]);
  });
});

/** Bytes without meaning, the same every time. */
function noise(length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let n = 0; n * 32 < length; n += 1) blocks.push(createHash('sha256').update(String(n)).digest());
  return Buffer.concat(blocks).subarray(0, length);
}
