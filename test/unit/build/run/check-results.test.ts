import { describe, expect, it } from 'vitest';
import { describeLint } from '../../../../build/run/checks/lint.mjs';
import { readPlaywrightReport } from '../../../../build/run/checks/playwright.mjs';
import { countsInWords } from '../../../../build/run/checks/result.mjs';
import { attributeErrors } from '../../../../build/run/checks/types.mjs';
import { readVitestReport } from '../../../../build/run/checks/vitest.mjs';

describe('the last line', () => {
  it('names skipped tests only where there are some', () => {
    expect(countsInWords(12, 0, 0)).toBe('12 passed, 0 failed');
    expect(countsInWords(12, 1, 2)).toBe('12 passed, 1 failed, 2 skipped');
  });
});

describe('types', () => {
  const projects = ['domain', 'electron', 'electron/tsconfig.preload.json', 'build'];

  it('gives each error to its project, with the lines that explain it', () => {
    const output = [
      "domain/model/role.ts(3,1): error TS2304: Cannot find name 'x'.",
      '  It is not here.',
      'electron/preload.ts(1,1): error TS1: bad.',
      'electron/main.ts(1,1): error TS1: bad.',
      'vitest.config.ts(1,1): error TS1: bad.',
      'error TS6053: File not found.',
    ].join('\n');
    const found = Object.fromEntries(attributeErrors(output, projects));
    expect(Object.keys(found)).toEqual([
      'domain',
      'electron/tsconfig.preload.json',
      'electron',
      'build',
      'configuration',
    ]);
    expect(found['domain']).toHaveLength(2);
  });

  it('finds nothing in nothing', () => {
    expect(attributeErrors('\n', projects).size).toBe(0);
  });
});

describe('lint', () => {
  it('names place, finding and rule', () => {
    const messages = [{ ruleId: 'eqeqeq', line: 2, column: 5, message: "Expected '==='." }];
    expect(describeLint([{ filePath: '/elsewhere/a.ts', messages }])).toBe(
      "/elsewhere/a.ts:2:5 Expected '==='. (eqeqeq)",
    );
  });
});

describe('vitest', () => {
  it('counts tests, and a file that could not be loaded as one failure', () => {
    const result = readVitestReport('unit', {
      testResults: [
        {
          name: '/x/a.test.ts',
          status: 'failed',
          assertionResults: [
            { fullName: 'adds', status: 'passed' },
            { fullName: 'subtracts', status: 'failed', failureMessages: ['expected 1'] },
            { fullName: 'divides', status: 'pending' },
          ],
        },
        { name: '/x/b.test.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] },
      ],
    });
    expect(result).toMatchObject({ part: 'unit', passed: 1, failed: 2, skipped: 1 });
    expect(result.failures).toEqual([
      { name: '/x/a.test.ts > subtracts', detail: 'expected 1' },
      { name: '/x/b.test.ts', detail: 'SyntaxError' },
    ]);
  });
});

describe('Playwright', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'a.spec.ts',
    line: 7,
    tests: [{ projectName: 'dev', status, results: [{ errors: [{ message: `${title} went wrong` }] }] }],
  });

  it('counts through all suites; a test that passed only when repeated has failed', () => {
    const result = readPlaywrightReport({
      suites: [
        {
          title: 'a.spec.ts',
          file: 'a.spec.ts',
          specs: [spec('one', 'expected')],
          suites: [{ title: 'inner', specs: [spec('two', 'flaky'), spec('three', 'skipped')] }],
        },
      ],
    });
    expect(result).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(result.failures).toEqual([{ name: '[dev] a.spec.ts:7 inner > two', detail: 'two went wrong' }]);
  });

  it('counts an error outside the tests', () => {
    expect(readPlaywrightReport({ suites: [], errors: [{ message: 'no tests' }] })).toMatchObject({
      failed: 1,
    });
  });
});
