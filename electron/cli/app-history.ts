import os from 'node:os';
import path from 'node:path';

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
