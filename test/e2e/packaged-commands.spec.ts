import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { program } from './support/heron';

test('the packaged program runs commands without a display', ({}, info) => {
  const { executablePath = '' } = program('packaged');
  const run = (...args: string[]) =>
    spawnSync(executablePath, ['--no-sandbox', '--no-zygote', '--log-level=3', '--', ...args], {
      encoding: 'utf8',
      timeout: 60_000,
      env: { PATH: process.env['PATH'] ?? '', HOME: info.outputDir },
    });
  expect(run('--version')).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  expect(run('nonsense')).toMatchObject({ status: 2, stdout: '' });
  // A worker is a program of Heron's own, and of a command with a channel to it.
  const worker = run('--run-worker', 'history-reader.js');
  expect(worker.status).toBe(1);
  expect(worker.stderr).toContain('started by a command of Heron only');
  const elsewhere = run('--run-worker', '../main/main.js');
  expect(elsewhere.status).toBe(1);
  // The fuse stays off: the environment cannot make it a plain Node.
  const asNode = spawnSync(executablePath, ['--no-sandbox', '--no-zygote', '--', '--version'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ELECTRON_RUN_AS_NODE: '1' },
  });
  expect(asNode.stdout).not.toMatch(/^v/);
});
