import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, rootFolder, stateFolder } from '../shared/paths.mjs';
import { lastLines, runPackageScript } from '../shared/run-command.mjs';
import { withLock } from '../shared/lock.mjs';
import { withProgress } from '../shared/progress.mjs';

const packageFolder = path.join(rootFolder, 'node_modules', 'electron');
const downloadCache = path.join(cacheFolder(), 'electron-downloads');
const probeTimeoutMs = 5_000;
const installTimeoutMs = 15 * 60_000;

/** @returns {string} the version package.json pins */
export function officialVersion() {
  return JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')).version;
}

/** @returns {{ distFolder: string, executable: string } | undefined} */
export function installedOfficial() {
  const distFolder = path.join(packageFolder, 'dist');
  const versionFile = path.join(distFolder, 'version');
  const pathFile = path.join(packageFolder, 'path.txt');
  if (!existsSync(versionFile) || !existsSync(pathFile)) return undefined;
  if (readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') !== officialVersion()) return undefined;
  const executable = path.join(distFolder, readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? { distFolder, executable } : undefined;
}

/**
 * Asks for the head of the download, so that a machine without a way out knows within seconds and not minutes.
 * @returns {Promise<string | undefined>} why it cannot be downloaded, or undefined when it can
 */
export async function whyUnreachable() {
  const file = `electron-v${officialVersion()}-${process.platform}-${process.arch}.zip`;
  if (isDownloaded(file)) return undefined;
  const mirror =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/';
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  try {
    const response = await fetch(`${mirror}v${officialVersion()}/${file}`, {
      method: 'HEAD',
      dispatcher: new EnvHttpProxyAgent(),
      signal: AbortSignal.timeout(probeTimeoutMs),
    });
    return response.ok ? undefined : `${new URL(mirror).host} answers ${response.status}`;
  } catch (error) {
    const { cause, message } = /** @type {Error} */ (error);
    return `${cause instanceof Error ? cause.message : message}`;
  }
}

/** @param {string} file */
function isDownloaded(file) {
  if (!existsSync(downloadCache)) return false;
  return readdirSync(downloadCache, { recursive: true, encoding: 'utf8' }).some(
    (name) => path.basename(name) === file,
  );
}

/**
 * Electron's own installer: downloads, compares the SHA-256 that the npm package carries, unpacks.
 * @returns {Promise<string | undefined>} why it failed, or undefined
 */
export function installOfficial() {
  return withLock(stateFolder, 'electron', () =>
    withProgress(`Electron ${officialVersion()}: downloading, about 120 MB`, async () => {
      const viaProxy = process.env.HTTPS_PROXY ?? process.env.https_proxy;
      const run = await runPackageScript('electron/install.js', [], {
        timeoutMs: installTimeoutMs,
        env: {
          electron_config_cache: downloadCache,
          ...(viaProxy ? { ELECTRON_GET_USE_PROXY: '1' } : {}),
        },
      });
      return run.code === 0 ? undefined : lastLines(run, 3);
    }),
  );
}
