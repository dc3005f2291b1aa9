import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { SignerOrWhyNot } from '../../db/chain/signer';
import { makeOwnerOnlyFolder } from '../../db/file/owner-only';
import { newKeyRing, parseKeyRing, signerOf, type KeyRing } from './key-ring';
import { writeFileDurablySync } from '../base/write-file';
import type { Cipher } from '../secrets/password-store';

const fileSchema = z.object({ version: z.literal(1), encrypted: z.base64() });

/**
 * The signer of the app's histories: its key is encrypted by the system's keychain, in one file only its owner may read, and is
 * decrypted for each signature. Without a keychain there is none: a key that anyone can read would prove nothing.
 */
export function keychainSigner(userDataFolder: string, cipher: Cipher): SignerOrWhyNot {
  if (cipher.protection() === 'none') {
    return {
      signer: null,
      words: 'This system offers no keychain to store the key in: start one (GNOME Keyring, KWallet).',
    };
  }
  const file = path.join(userDataFolder, 'history-key.json');
  try {
    if (readRing(file, cipher) === null) {
      makeOwnerOnlyFolder(userDataFolder);
      const encrypted = cipher.encrypt(JSON.stringify(newKeyRing(null))).toString('base64');
      writeFileDurablySync(file, JSON.stringify({ version: 1, encrypted }), { replace: false });
    }
    return {
      signer: signerOf({
        read: () => {
          const ring = readRing(file, cipher);
          if (ring === null) throw new Error(`The key file ${file} no longer exists.`);
          return ring;
        },
      }),
    };
  } catch (fault) {
    return { signer: null, words: fault instanceof Error ? fault.message : String(fault) };
  }
}

/** Null when there is no file. Throws an Error in words, which never hold what is in the file. */
function readRing(file: string, cipher: Cipher): KeyRing | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    throw fault;
  }
  const ring = decrypted(text, cipher);
  if (ring === null) {
    throw new Error(
      `The key in ${file} cannot be decrypted by this user’s keychain. Restore the keychain, or move the file away: Heron then makes a new key, which the old one cannot vouch for.`,
    );
  }
  return ring;
}

function decrypted(text: string, cipher: Cipher): KeyRing | null {
  try {
    const { encrypted } = fileSchema.parse(JSON.parse(text));
    return parseKeyRing(cipher.decrypt(Buffer.from(encrypted, 'base64')));
  } catch {
    return null;
  }
}
