import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Where Node looks for the temporary folder: Linux and macOS, Windows. */
const variables = ['TMPDIR', 'TEMP', 'TMP'];

/** Gives a run of tests a temporary folder of its own, and removes it afterwards with what killed programs left in it. */
export default function setup(): () => void {
  const before = Object.fromEntries(variables.map((name) => [name, process.env[name]]));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-tests-'));
  for (const name of variables) process.env[name] = folder;
  return () => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  };
}
