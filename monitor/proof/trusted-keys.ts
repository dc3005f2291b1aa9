import { z } from 'zod';
import { trustedKeySchema, type TrustedKey } from '../../domain/proof/trusted-key';
import { readSmallFile } from '../base/read-small-file';
import { writeFileDurablySync } from '../base/write-file';

/** Permission of others than the owner to write. */
const othersWriteMask = 0o022;
const fileSchema = z.strictObject({ version: z.literal(1), keys: z.array(trustedKeySchema).max(1000) });

/** Reads the keys that the user of this computer trusts. No file: none. Throws an Error that names the file and what is wrong. */
export function readTrustedKeys(file: string): TrustedKey[] {
  const text = readSmallFile(file, ({ mode }) => {
    // On Windows the file inherits its folder's permissions.
    if (process.platform !== 'win32' && (mode & othersWriteMask) !== 0)
      throw new Error(`Others than its owner may write ${file}, which says whom you trust: chmod 600 it.`);
  });
  if (text === null) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON. Correct it, or remove it and add the trusted keys again.`);
  }
  const checked = fileSchema.safeParse(value);
  if (checked.success) return checked.data.keys;
  const issue = checked.error.issues[0];
  throw new Error(
    `${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}. Correct it, or remove it and add the trusted keys again.`,
  );
}

/** Adds a key, or renames the one with the same fingerprint. */
export function trustKey(file: string, key: TrustedKey): void {
  const others = readTrustedKeys(file).filter(({ fingerprint }) => fingerprint !== key.fingerprint);
  write(file, [...others, trustedKeySchema.parse(key)]);
}

/** Removes a key. False: it was not there. */
export function distrustKey(file: string, fingerprint: string): boolean {
  const keys = readTrustedKeys(file);
  const others = keys.filter((key) => key.fingerprint !== fingerprint);
  if (others.length === keys.length) return false;
  write(file, others);
  return true;
}

function write(file: string, keys: TrustedKey[]): void {
  const content = fileSchema.parse({ version: 1, keys });
  writeFileDurablySync(file, `${JSON.stringify(content, null, 2)}\n`, { replace: true });
}
