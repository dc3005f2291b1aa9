import type { SignerOrWhyNot } from '../../db/chain/signer';
import { readSmallFile } from '../base/read-small-file';
import { writeFileDurablySync, type WriteOptions } from '../base/write-file';
import { newKeyRing, parseKeyRing, signerOf, type KeyRing } from './key-ring';

/** Permissions of others than the owner. */
const othersMask = 0o077;

/**
 * The signer whose key is in a file that only its owner may read; the file is made when it is not there. For programs without
 * a window, which have no keychain.
 */
export function keyFileSigner(file: string): SignerOrWhyNot {
  try {
    if (readKeyFile(file) === null) writeKeyFile(file, newKeyRing(null), { replace: false });
    return { signer: signerOf({ read: () => existing(file) }) };
  } catch (fault) {
    return { signer: null, words: fault instanceof Error ? fault.message : String(fault) };
  }
}

/** Starts using a new key; the previous one stays in the file, to vouch for it. @throws Error that states why it cannot */
export function renewKeyFile(file: string): KeyRing {
  const ring = newKeyRing(existing(file));
  writeKeyFile(file, ring, { replace: true });
  return ring;
}

function existing(file: string): KeyRing {
  const ring = readKeyFile(file);
  if (ring === null) throw new Error(`There is no key file ${file}.`);
  return ring;
}

/** Null when there is no such file. Throws an Error in words, which never hold what is in the file. */
function readKeyFile(file: string): KeyRing | null {
  const text = ownText(file);
  if (text === null) return null;
  const ring = parseKeyRing(text);
  if (ring === null) throw new Error(`The key file ${file} is not one that Heron made.`);
  return ring;
}

function ownText(file: string): string | null {
  return readSmallFile(file, ({ mode }) => {
    // On Windows the file inherits its folder's permissions.
    if (process.platform !== 'win32' && (mode & othersMask) !== 0)
      throw new Error(
        `Others than its owner may read the key file ${file}: chmod 600 it, or make a new key.`,
      );
  });
}

function writeKeyFile(file: string, ring: KeyRing, options: WriteOptions): void {
  writeFileDurablySync(file, `${JSON.stringify(ring)}\n`, options);
}
