import { chmodSync, rmSync } from 'node:fs';
import path from 'node:path';
import { builderConfig } from './electron-builder.config.mjs';
import { makePackageFiles } from './package-files.mjs';
import { cacheFolder, rootFolder } from '../shared/paths.mjs';

/**
 * One run of electron-builder.
 * @param {Omit<import('./electron-builder.config.mjs').PackagePurpose, 'forThisPlatform'> & {
 *   platform: 'linux' | 'windows' | 'mac', target: string
 * }} order `target`: electron-builder's name, such as `deb`, or `dir` for the unpacked app
 * @returns {Promise<{ artifacts: string[], appFolder: string }>} the files made and the folder with the unpacked app
 */
export async function packageApp({ platform, target, ...purpose }) {
  await useOwnTools();
  await makePackageFiles();
  const { Arch, Platform, build } = await import('electron-builder');
  const platforms = { linux: Platform.LINUX, windows: Platform.WINDOWS, mac: Platform.MAC };
  const forThisPlatform = platforms[platform].nodeName === process.platform;
  let appFolder = '';
  const artifacts = await build({
    projectDir: rootFolder,
    publish: 'never',
    targets: platforms[platform].createTarget(
      target,
      ...(platform === 'mac' && target !== 'dir' ? [Arch.universal] : []),
    ),
    config: {
      ...builderConfig({ ...purpose, forThisPlatform }),
      afterPack: async (context) => {
        appFolder = context.appOutDir;
        // A packaged app has its own asar; a folder given as electronDist brings the development one along.
        rmSync(path.join(context.packager.getResourcesDir(appFolder), 'default_app.asar'), { force: true });
      },
    },
  });
  return { artifacts: artifacts.filter((file) => !file.endsWith('.blockmap')), appFolder };
}

/**
 * electron-builder downloads its helpers from github.com into its own cache. That cache is put into ours, and two
 * helpers are replaced: 7-Zip by the one npm has, fpm by a script on Debian's dpkg-deb.
 */
async function useOwnTools() {
  process.env.ELECTRON_BUILDER_CACHE ??= path.join(cacheFolder(), 'electron-builder');
  process.env.electron_config_cache ??= path.join(cacheFolder(), 'electron-downloads');
  const { path7za } = (await import('7zip-bin')).default;
  if (process.platform !== 'win32') chmodSync(path7za, 0o755);
  process.env.ELECTRON_BUILDER_7ZIP_PATH ??= path7za;
  if (process.platform === 'linux') {
    process.env.CUSTOM_FPM_PATH ??= path.join(rootFolder, 'build', 'package', 'deb-writer.mjs');
  }
}
