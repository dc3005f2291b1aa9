import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { manifestOf, UpdateServer } from '../fixtures/updates';
import { exampleInventory, expect, program, test } from './support/heron';
import { updatableCopy } from './support/updatable-copy';

const version = '99.0.1';
const name = `heron-${version}.AppImage`;
const sha512 = (content: string): string => createHash('sha512').update(content).digest('base64');

/** What electron-updater reads: the version and its files, without a signature. */
function updaterList(content: string, checksum = sha512(content)): string {
  const file = { url: name, sha512: checksum, size: content.length };
  return JSON.stringify({ version, files: [file], path: name, sha512: checksum, releaseDate: '2026-11-30' });
}

test('a newer version is downloaded only as it was signed, and installed when Heron is closed', async ({
  start,
  folder,
}, info) => {
  info.setTimeout(240_000);
  const server = await UpdateServer.start();
  const executable = await updatableCopy(program('packaged').executablePath ?? '', folder, server.feed);
  const installed = path.join(folder, 'heron.AppImage');
  const ran = path.join(folder, 'ran');
  const newer = `#!/bin/sh\necho "$APPIMAGE_EXIT_AFTER_INSTALL" > '${ran}'\n`;
  writeFileSync(installed, 'the version that runs', { mode: 0o755 });
  const environment = { APPIMAGE: installed, XDG_CACHE_HOME: path.join(folder, 'cache') };
  const heron = await start(['--inventory', exampleInventory], path.join(folder, 'user-data'), {
    executable,
    environment,
  });
  const { page } = heron;
  await page.evaluate(() => {
    location.hash = '#/settings';
  });
  const panel = page.locator('section', {
    has: page.getByRole('heading', { name: 'This computer', exact: true }),
  });
  const look = () => panel.getByRole('button', { name: 'Look now' }).click();
  const install = () => panel.getByRole('button', { name: 'Install when Heron is closed' }).click();
  const signed = {
    ...manifestOf(version),
    files: { [name]: { sha512: sha512(newer), sizeBytes: newer.length } },
  };

  await test.step('a manifest that another key signed is nothing', async () => {
    server.publish(signed);
    const other = await UpdateServer.start();
    other.publish(signed);
    server.files.set('/heron-update.json.sig', other.files.get('/heron-update.json.sig') ?? '');
    await other.stop();
    await look();
    await expect(panel).toContainText('not signed by the key of this Heron');
  });

  await test.step('a list of files that differs from the signed one is refused', async () => {
    server.publish(signed);
    server.files.set('/latest-linux.yml', updaterList('another program'));
    server.files.set(`/${name}`, 'another program');
    await look();
    await expect(panel).toContainText(`Heron ${version} is available`);
    expect(existsSync(path.join(folder, 'cache', 'heron-updater'))).toBe(false);
    await install();
    await expect(panel).toContainText(`${name} is not the file that is signed. Nothing was downloaded.`);
  });

  await test.step('a download that was changed is refused', async () => {
    server.files.set('/latest-linux.yml', updaterList(newer));
    server.files.set(`/${name}`, newer.replace('echo', 'ECHO'));
    await look();
    await install();
    await expect(panel).toContainText('Its download failed, and nothing was changed');
    expect(readFileSync(installed, 'utf8')).toBe('the version that runs');
  });

  await test.step('the signed one is installed when Heron is closed', async () => {
    server.files.set(`/${name}`, newer);
    await look();
    await install();
    await expect(panel).toContainText(`Heron ${version} is installed when you close Heron.`);
    await panel.scrollIntoViewIfNeeded();
    await page.screenshot({ path: info.outputPath('ready.png') });
    expect(readFileSync(installed, 'utf8')).toBe('the version that runs');
    expect(await heron.quit()).toBe(0);
    expect(readFileSync(installed, 'utf8')).toBe(newer);
    expect(readFileSync(ran, 'utf8').trim()).toBe('true');
  });
  await server.stop();
});
