import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPackageWithOptions, extractAll } from '@electron/asar';
import type { UpdateFeed } from '../../../monitor/updates/update-manifest';

/**
 * A copy of the packaged program as it is built with a feed of newer versions: the feed in its package.json, and electron-updater's own
 * file beside the archive.
 *
 * @returns the program
 */
export async function updatableCopy(
  packagedProgram: string,
  folder: string,
  feed: UpdateFeed,
): Promise<string> {
  const copy = path.join(folder, 'heron');
  cpSync(path.dirname(packagedProgram), copy, { recursive: true });
  const resources = path.join(copy, 'resources');
  const archive = path.join(resources, 'app.asar');
  const content = path.join(folder, 'content');
  extractAll(archive, content);
  const packageFile = path.join(content, 'package.json');
  const described = JSON.parse(readFileSync(packageFile, 'utf8')) as object;
  writeFileSync(packageFile, JSON.stringify({ ...described, heronUpdates: feed }));
  rmSync(archive);
  await createPackageWithOptions(content, archive, { unpack: '*.node' });
  rmSync(content, { recursive: true });
  writeFileSync(
    path.join(resources, 'app-update.yml'),
    `provider: generic\nurl: ${feed.url}\nupdaterCacheDirName: heron-updater\n`,
  );
  const program = path.join(copy, path.basename(packagedProgram));
  chmodSync(program, 0o755);
  return program;
}
