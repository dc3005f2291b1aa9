import { existsSync } from 'node:fs';
import path from 'node:path';

/** What a run of Heron leaves in its data folder. */
const traces = ['preferences.json', 'history.sqlite', 'demo-history.sqlite'];

/** Whether no Heron has run with this data folder before. */
export function isFirstRun(folder: string): boolean {
  return !traces.some((name) => existsSync(path.join(folder, name)));
}
