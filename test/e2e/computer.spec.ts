import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { violationsIn } from './support/axe';
import { exampleInventory, expect, test } from './support/heron';

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
  const panel = page.locator('section', {
    has: page.getByRole('heading', { name: 'This computer', exact: true }),
  });
  await expect(panel).toContainText('This package of Heron has nowhere to look for newer versions.');
  const atLogin = panel.getByRole('switch', { name: 'Start at login' });
  if (info.project.name === 'packaged' && process.platform === 'linux') {
    const file = path.join(config, 'autostart', 'heron.desktop');
    await expect(atLogin).toHaveAttribute('aria-checked', 'false');
    await atLogin.click();
    await expect(panel).toContainText('Heron starts in the tray when you log in.');
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
  expect(await violationsIn(page, 'Settings, This computer')).toEqual([]);
});
