import { existsSync } from 'node:fs';
import path from 'node:path';
import { log } from '../../monitor/log/log';
import { PreferencesFile } from './preferences';

/** What a run of Heron leaves in its data folder. */
const traces = ['preferences.json', 'history.sqlite', 'demo-history.sqlite'];

/** Whether no Heron has run with this data folder before. */
export function isFirstRun(folder: string): boolean {
  return !traces.some((name) => existsSync(path.join(folder, name)));
}

/**
 * The preferences in the user data. The welcome is due at the first start.
 *
 * @param isPlain started without saying what to monitor or to open
 */
export function openPreferences(folder: string, isPlain: boolean): PreferencesFile {
  const isFirst = isFirstRun(folder);
  const preferences = new PreferencesFile(path.join(folder, 'preferences.json'), (fault) =>
    log.warn('Preferences:', fault),
  );
  if (isFirst && isPlain) preferences.set({ welcome: true });
  return preferences;
}
