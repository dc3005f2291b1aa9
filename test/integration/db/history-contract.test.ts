import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { openHistory } from '../../../db/open-history';
import { workersUrl } from '../../fixtures/history/built-workers';
import { describeHistoryContract } from '../../fixtures/history/history-contract';

const folder = mkdtempSync(path.join(tmpdir(), 'heron-history-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
describeHistoryContract('The history on SQLite', (nowMs) => {
  count += 1;
  return openHistory({ file: path.join(folder, `${count}.sqlite`), workersUrl, nowMs });
});
