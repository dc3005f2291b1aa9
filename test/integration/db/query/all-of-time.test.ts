import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSeries } from '../../../../db/query/read-series';
import { watchHours } from '../../../fixtures/history/monitored-hours';
import { testSigner } from '../../../fixtures/history/test-signer';

const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-all-of-time-'));
const file = path.join(folder, 'history.sqlite');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a series over all of time', () => {
  it('takes no memory for periods that the history does not have', () => {
    watchHours(file, 2, testSigner('genuine'));
    const db = new Database(file, { readonly: true });
    try {
      // The last moment that a date can have: 2.4 billion hours after 1970.
      const range = { fromMs: 0, toMs: 8_640_000_000_000_000 };
      const series = readSeries(db, { ...range, edgeIds: ['fra-01-01'], metric: 'latencyMs', points: 100 });
      expect(series.times.length).toBeLessThanOrEqual(100);
      expect(series.byEdge['fra-01-01']?.count[0]).toBeGreaterThan(0);
    } finally {
      db.close();
    }
  });
});
