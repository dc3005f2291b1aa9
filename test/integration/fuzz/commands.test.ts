import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, mutate } from '../../fixtures/fuzz/mutate';
import { pick, type Dice } from '../../fixtures/fuzz/mutate-json';
import { runFuzz } from '../../fixtures/fuzz/run-fuzz';
import { watchHours } from '../../fixtures/history/monitored-hours';

const heron = fileURLToPath(new URL('../../../out/cli/heron.js', import.meta.url));
const example = fileURLToPath(new URL('../../fixtures/inventories/example.json', import.meta.url));
const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-fuzz-commands-'));
const longestMs = 60_000;

beforeAll(() => {
  watchHours(path.join(folder, 'a.sqlite'), 1, null);
  copyFileSync(example, path.join(folder, 'a.json'));
  writeFileSync(path.join(folder, 'garbage'), Buffer.alloc(5_000, 0xc3));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));

const commands: string[][] = [
  ['inventory', 'check', 'a.json'],
  ['inventory', 'schema'],
  ['audit', 'verify', 'a.sqlite', '--quiet', '--json'],
  ['audit', 'report', 'a.sqlite', '--format', 'html', '--from', '2026-11-22T12:00', '--cluster', 'fra-01'],
  [
    'audit',
    'query',
    'a.sqlite',
    'gaps',
    '--format',
    'csv',
    '--zone',
    'Europe/Berlin',
    '--from',
    '2026-11-22',
  ],
  [
    'audit',
    'query',
    'a.sqlite',
    'availability',
    '--monthly',
    '--hours',
    'Mon-Fri 08:00-18:00',
    '--target=99.9',
  ],
  ['audit', 'anchor', 'a.sqlite', '--out', 'anchor.json', '--force'],
  ['audit', 'trust', 'a'.repeat(64), '--name', 'desk'],
  ['extract', '--db', 'a.sqlite', '--out', 'a.heron', '--force', '--redact', '--cluster', 'fra-01'],
  ['backup', '--db', 'a.sqlite', '--out', 'b.sqlite', '--force'],
  [
    'wall',
    '--db',
    'a.sqlite',
    '--at',
    '2026-11-22 12:30',
    '--ascii',
    '--colours',
    'none',
    '--seconds',
    '0.2',
  ],
  ['watch', '--inventory', 'a.json', '--seconds', '0.2', '--quiet'],
  ['support', '--db', 'a.sqlite'],
];

const words = [
  ...new Set(commands.flat()),
  '--help',
  '--',
  '-',
  '',
  '--seconds',
  'garbage',
  'missing',
  '.',
  '__proto__',
];

function mutated(dice: Dice): string[] {
  const args = [...pick(commands, dice)];
  for (let changes = 1 + Math.floor(dice() * 3); changes > 0; changes -= 1) {
    const at = Math.floor(dice() * args.length);
    const roll = dice();
    if (roll < 0.3) args.splice(at, 1);
    else if (roll < 0.6) args.splice(at, 0, pick(words, dice));
    else if (roll < 0.8) args[at] = pick(words, dice);
    else
      args[at] = mutate(Buffer.from(args[at] ?? ''), dice)
        .toString('latin1')
        .slice(0, 2_000);
  }
  // No output leaves the folder, and the system ends an argument at NUL.
  return args.map((word) => word.replaceAll('\0', '_').replaceAll(/[/\\]/g, '_'));
}

/** Runs the command in the folder, with settings of its own. It is asked to end when it takes longer than it should. */
function run(args: string[]): Promise<{ code: number | null; signal: string | null; errors: string }> {
  const env = { PATH: process.env['PATH'], HOME: folder, XDG_CONFIG_HOME: folder, APPDATA: folder };
  const child = spawn(process.execPath, [heron, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const asked = setTimeout(() => child.kill('SIGTERM'), 20_000);
  const ended = setTimeout(() => child.kill('SIGKILL'), longestMs);
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(asked);
      clearTimeout(ended);
      resolve({ code, signal, errors });
    });
  });
}

describe('mutated commands', () => {
  it(
    'end with an exit code of theirs, and without the stack of an error',
    async () => {
      const codes = new Map<number, number>();
      await runFuzz(
        { target: 'commands', inputs: fuzzInputs(fuzzShares.commands), stream: 98 },
        async (dice) => {
          const args = mutated(dice);
          const { code, signal, errors } = await run(args);
          const shown = `heron ${JSON.stringify(args)}: ${signal ?? code}\n${errors.slice(0, 1_500)}`;
          // One that does not end by itself is asked to.
          if (signal === 'SIGTERM') return;
          if (code === null || code < 0 || code > 3) throw new Error(shown);
          if (/^\s+at .*:\d+:\d+\)?$/m.test(errors)) throw new Error(`A stack: ${shown}`);
          if (code === 2 && errors.trim() === '') throw new Error(`Refused without words: ${shown}`);
          codes.set(code, (codes.get(code) ?? 0) + 1);
        },
      );
      expect([...codes.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    },
    fuzzDeadlineMs,
  );
});
