import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UsageError } from './command-line';

/**
 * The history file of the app on this machine, where Electron puts an app's data (`app.getPath('userData')`): the folder
 * `Heron` in `$XDG_CONFIG_HOME` or `~/.config`, in `~/Library/Application Support`, or in `%APPDATA%`.
 */
export function appHistoryFile(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home = os.homedir(),
): string {
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    darwin: path.join(home, 'Library', 'Application Support'),
    win32: environment['APPDATA'] || path.join(home, 'AppData', 'Roaming'),
  };
  const folder = folders[platform] ?? (environment['XDG_CONFIG_HOME'] || path.join(home, '.config'));
  return path.join(folder, 'Heron', 'history.sqlite');
}

/** The keys that the user of this computer trusts: the app and the command line share them. */
export function trustedKeysFile(history = appHistoryFile()): string {
  return path.join(path.dirname(history), 'trusted-keys.json');
}

/**
 * The history to use: the named one, else the app's own on this machine.
 *
 * @throws UsageError when none was named and only the demo fleet's exists.
 */
export function historyToUse(named: string | undefined, own = appHistoryFile()): string {
  if (named !== undefined) return path.resolve(named);
  const demo = path.join(path.dirname(own), 'demo-history.sqlite');
  if (!existsSync(own) && existsSync(demo))
    throw new UsageError(`The app has only a demo history here: --db ${JSON.stringify(demo)}.`);
  return path.resolve(own);
}
