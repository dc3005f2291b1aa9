import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const rows = readFileSync(path.join(root, 'docs', 'security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

const filesIn = (cell = ''): string[] =>
  [...cell.matchAll(/`([\w.-]+(?:\/[\w.-]+)+)`/g)].map(([, file = '']) => file);

it('the checklist of docs/security.md has twenty items, each with a place and a test that exist', () => {
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  for (const [, number, , where, tests] of rows) {
    expect(filesIn(where), `item ${number}`).not.toEqual([]);
    expect(filesIn(tests), `item ${number}`).not.toEqual([]);
    for (const file of [...filesIn(where), ...filesIn(tests)])
      expect(existsSync(path.join(root, file)), `item ${number}: ${file}`).toBe(true);
    for (const file of filesIn(tests)) expect(file).toMatch(/^test\/.*\.(test|spec)\.ts$/);
  }
});
