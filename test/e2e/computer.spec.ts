import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { violationsIn } from './support/axe';
import { exampleInventory, expect, program, test } from './support/heron';

test('Settings say what starts Heron, where newer versions come from, and who decides', async ({
  start,
  folder,
}, info) => {
  const config = path.join(folder, 'config');
  const heron = await start(['--inventory', exampleInventory], path.join(folder, 'user-data'), {
    environment: { XDG_CONFIG_HOME: config },
  });
  const { page } = heron;
  await page.evaluate(() => {
    location.hash = '#/settings';
  });
  const panel = page.locator('section', { has: page.getByRole('heading', { name: 'This computer' }) });
  await expect(panel).toContainText('This package of Heron has nowhere to look for newer versions.');
  const atLogin = panel.getByRole('switch', { name: 'Start at login' });
  if (info.project.name === 'packaged' && process.platform === 'linux') {
    const file = path.join(config, 'autostart', 'heron.desktop');
    await expect(atLogin).toHaveAttribute('aria-checked', 'false');
    await atLogin.click();
    await expect(panel).toContainText('Heron starts when you log in.');
    expect(readFileSync(file, 'utf8')).toContain(`Exec="${process.env['HERON_PACKAGED_APP'] ?? ''}"`);
    await atLogin.click();
    await expect(panel).toContainText('Heron starts when you open it.');
    expect(existsSync(file)).toBe(false);
  } else {
    await expect(panel).toContainText('Only an installed Heron can start by itself.');
    await expect(atLogin).toHaveCount(0);
  }
  await panel.scrollIntoViewIfNeeded();
  await page.screenshot({ path: info.outputPath('computer.png') });
  expect(await violationsIn(page)).toEqual([]);
});

test('the packaged program runs commands without a display', ({}, info) => {
  test.skip(info.project.name !== 'packaged', 'a checkout runs its commands in Node');
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
