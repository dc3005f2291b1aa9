import Database from 'better-sqlite3';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHistory } from '../../../../db/open-history';
import { workersUrl } from '../../../fixtures/history/built-workers';
import { noonMs } from '../../../fixtures/history/history-entries';
import { WritingProcess } from '../../../fixtures/history/start-writing-process';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const hourMs = 3_600_000;

describe('A writing process that is killed with kill -9', () => {
  it.each([2, 9, 40])(
    'loses nothing it had committed by turn %i, and leaves a gap, not a state',
    async (turns) => {
      const file = path.join(temporaryFolder(), 'history.sqlite');
      const writing = WritingProcess.start(file, noonMs);
      await writing.until(({ committed }) => committed !== undefined && committed >= turns);
      await writing.kill();

      const nowMs = noonMs + hourMs;
      const history = await openHistory({ file, workersUrl, nowMs: () => nowMs, version: 'test' });
      const [gap, ...before] = await history.events({
        clusterId: null,
        types: null,
        beforeId: null,
        limit: 10_000,
      });
      expect(before.length).toBeGreaterThanOrEqual(writing.committed);
      const lastMs = noonMs + before.length * 1000;
      expect(gap?.event).toMatchObject({ type: 'gap', reason: 'not-running', fromMs: lastMs, toMs: nowMs });
      expect(await history.spans({ subjectIds: ['e0'], fromMs: noonMs, toMs: nowMs })).toEqual([
        {
          kind: 'edge-health',
          subjectId: 'e0',
          state: 'up',
          fromMs: noonMs + 1000,
          toMs: lastMs,
          reasons: null,
        },
      ]);
      const { byEdge } = await history.series({
        edgeIds: ['e49'],
        metric: 'sessions',
        fromMs: noonMs + 1000,
        toMs: lastMs + 1000,
        points: before.length,
      });
      expect(byEdge['e49']?.avg).toEqual(before.map((_, index) => index + 1));
      await history.close();

      const db = new Database(file, { readonly: true });
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(db.prepare('SELECT ended FROM monitor_runs ORDER BY id').pluck().all()).toEqual([
        'lost',
        'closed',
      ]);
      db.close();
    },
  );
});
