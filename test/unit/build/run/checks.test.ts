import { rmSync, writeFileSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { countsOf, playwrightCounts, vitestCounts } from '../../../../build/run/checks/tests.mjs';
import { countsInWords, sumOf } from '../../../../build/run/checks/tool.mjs';

describe('the last line', () => {
  it('names skipped tests only where there are some', () => {
    expect(countsInWords({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(countsInWords({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
  });

  it('is the sum of all parts', () => {
    const part = { passed: 3, failed: 1, skipped: 0 };
    expect(sumOf([part, part])).toEqual({ passed: 6, failed: 2, skipped: 0 });
  });
});

describe('the counts of a test run', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-counts-'));
  const file = path.join(folder, 'report.json');
  afterEach(() => rmSync(file, { force: true }));

  const vitest = { numPassedTests: 4, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 };

  it('are those of the report', () => {
    writeFileSync(file, JSON.stringify(vitest));
    expect(countsOf(file, 0, vitestCounts)).toEqual({ passed: 4, failed: 0, skipped: 2 });
  });

  it('have one failure where only the exit code tells of one', () => {
    writeFileSync(file, JSON.stringify(vitest));
    expect(countsOf(file, 1, vitestCounts)).toEqual({ passed: 4, failed: 1, skipped: 2 });
  });

  it('have one failure where there is no report, whatever the exit code', () => {
    expect(countsOf(file, 0, vitestCounts)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('take a test that passed only when repeated as failed', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 };
    expect(playwrightCounts({ stats })).toEqual({ passed: 5, failed: 3, skipped: 3 });
  });
});
