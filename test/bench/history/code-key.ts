import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The code that writes and compacts a history. */
export const writingCode = ['db/codec', 'db/compact', 'db/write', 'db/migrations', 'domain/model/event.ts'];

/** Changes with the code that a made file depends on: files and folders below `root`, the folder of the sources. */
export function codeKey(root: URL, madeBy: readonly string[]): string {
  const hash = createHash('sha256');
  const take = (file: string): void => {
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) take(path.join(file, name));
    } else {
      hash.update(`${file}\n`).update(readFileSync(file));
    }
  };
  for (const name of madeBy) take(fileURLToPath(new URL(name, root)));
  return hash.digest('hex').slice(0, 16);
}
