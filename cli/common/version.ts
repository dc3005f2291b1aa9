import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Heron's version, from the package.json that every build and package carries two folders above this code. */
export function heronVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
