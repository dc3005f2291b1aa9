import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openHistory } from '../../../db/open-history';
import { seededRandom } from '../../fixtures/fake-bridge/seeded-random';
import { column, query } from '../../fixtures/history-faults/damage';
import {
  buildWritingProgram,
  turnMs,
  writeUntilKilled,
  type Kill,
} from '../../fixtures/history-faults/writing-program-process';
import { workersUrl } from '../../fixtures/history/built-workers';
import { noonMs } from '../../fixtures/history/history-entries';
import { temporaryFolder } from '../../fixtures/history/temporary-folder';

/** All within one hour, so that nothing is sealed meanwhile: then each sample is a row that can be counted. */
const betweenRunsMs = 120_000;
/** `npm run test:all` kills a hundred times. */
const files = process.env['HERON_TEST_ALL'] === '1' ? 10 : 2;
const killsPerFile = 10;

interface Run {
  id: number;
  startMs: number;
  watchedUntilMs: number;
  ended: string;
}

beforeAll(buildWritingProgram, 120_000);

describe('A process killed with kill -9 in the middle of writing', () => {
  it.each(Array.from({ length: files }, (_, n) => n))(
    'ten times on one file, series %i: loses no committed batch, leaves the file intact, ends its states, leaves gaps',
    async (series) => {
      const random = seededRandom(4000 + series);
      const file = path.join(temporaryFolder(), 'history.sqlite');
      const committed: number[] = [];
      let openings = 0;
      for (let kill = 0; kill < killsPerFile; kill += 1) {
        const startMs = noonMs + kill * betweenRunsMs;
        // Most while it writes; every third anywhere, in the middle of opening as well.
        const when: Kill =
          kill % 3 === 2
            ? { after: 'start', delayMs: 100 + random() * 400 }
            : { after: 'open', delayMs: random() * 150 };
        const process = await writeUntilKilled(file, startMs, when);
        if (process.opened) openings += 1;
        committed.push(...process.committed.map((turn) => turnMs(startMs, turn)));
      }
      expect(openings).toBeGreaterThan(killsPerFile / 2);

      const nowMs = noonMs + killsPerFile * betweenRunsMs;
      const history = await openHistory({ file, workersUrl, nowMs: () => nowMs, version: 'test' });
      expect(history.status().care?.state).toMatch(/checking|sound/);
      await history.close();

      expect(column(file, 'PRAGMA integrity_check')).toEqual(['ok']);
      const written = new Set(column<number>(file, "SELECT time_ms FROM events WHERE type = 'flapping'"));
      expect(committed.filter((timeMs) => !written.has(timeMs))).toEqual([]);
      expect(committed.length).toBeGreaterThan(20);
      // Whole batches only: every turn that is there is there with all of its parts.
      const sampled = column<number>(
        file,
        'SELECT minute * 60000 + ms AS at FROM samples GROUP BY at HAVING count(*) = 20 ORDER BY at',
      );
      expect(sampled).toEqual([...written].sort((a, b) => a - b));
      expect(column<number>(file, 'SELECT from_ms FROM spans ORDER BY from_ms')).toEqual(sampled);

      const runs = query<Run>(
        file,
        'SELECT id, start_ms AS startMs, watched_until_ms AS watchedUntilMs, ended FROM monitor_runs ORDER BY id',
      );
      expect(runs.map(({ ended }) => ended)).toEqual([...runs.slice(1).map(() => 'lost'), 'closed']);
      // What was open ends where its run last wrote, and not a moment later.
      expect(column(file, 'SELECT count(*) FROM spans WHERE to_ms IS NULL')).toEqual([0]);
      for (const { startMs, watchedUntilMs } of runs) {
        const beyond = `SELECT count(*) FROM spans WHERE from_ms BETWEEN ${startMs} AND ${watchedUntilMs} AND to_ms > ${watchedUntilMs}`;
        expect(column(file, beyond)).toEqual([0]);
      }
      // Nobody watched from there to the next start, and the history says so.
      const gaps = query<{ fromMs: number; toMs: number; reason: string }>(
        file,
        `SELECT body ->> 'fromMs' AS fromMs, body ->> 'toMs' AS toMs, body ->> 'reason' AS reason
           FROM events WHERE type = 'gap' ORDER BY id`,
      );
      expect(gaps).toEqual(
        runs.slice(1).map(({ startMs }, index) => ({
          fromMs: runs[index]!.watchedUntilMs,
          toMs: startMs,
          reason: 'not-running',
        })),
      );
    },
    60_000,
  );
});
