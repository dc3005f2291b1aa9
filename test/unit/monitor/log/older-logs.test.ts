import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { log, startAppLog } from '../../../../monitor/log/log';
import { olderLogs } from '../../../../monitor/log/older-logs';
import { lastLines } from '../../../../monitor/support/last-lines';

let folder = '';
beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the app’s log is rotated: three older files stay, the newest lines are found across them, all private', async () => {
  const file = startAppLog(folder, { HERON_LOG: 'debug' });
  log.transports.file.maxSize = 2_000;
  const count = 200;
  for (let number = 1; number <= count; number += 1) log.debug(`Line ${number} ${'x'.repeat(60)}`);
  log.transports.file.level = false;

  const files = [file, ...olderLogs(file)];
  expect(files.map((one) => path.basename(one))).toEqual([
    'heron.log',
    'heron.old.log',
    'heron.old2.log',
    'heron.old3.log',
  ]);
  for (const one of files) {
    expect(existsSync(one)).toBe(true);
    expect(statSync(one).size).toBeLessThan(2_300);
    if (process.platform !== 'win32') expect(statSync(one).mode & 0o777).toBe(0o600);
  }
  const numbers = files
    .toReversed()
    .flatMap((one) =>
      [...readFileSync(one, 'utf8').matchAll(/Line (\d+) /g)].map(([, number]) => Number(number)),
    );
  const first = numbers[0] ?? 0;
  expect(first).toBeGreaterThan(1);
  expect(numbers).toEqual(Array.from({ length: count - first + 1 }, (_, index) => first + index));

  const last = await lastLines(files, 40);
  expect(last).toHaveLength(40);
  expect(last[0]).toContain(`Line ${count - 39} `);
  expect(last.at(-1)).toContain(`Line ${count} `);
  expect(await lastLines([path.join(folder, 'none.log')], 40)).toEqual([]);
});
