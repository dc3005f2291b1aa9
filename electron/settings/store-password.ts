import path from 'node:path';
import { text } from 'node:stream/consumers';
import { app } from 'electron';
import { makeOwnerOnlyFolder } from '../../db/file/owner-only';
import { failureOf } from '../../domain/contract/request-refused';
import { keychainCipher } from './keychain-cipher';
import { PasswordStore } from '../../monitor/secrets/password-store';

/** The user's encrypted passwords. */
export function openPasswordStore(userDataFolder: string): PasswordStore {
  makeOwnerOnlyFolder(userDataFolder);
  return new PasswordStore(path.join(userDataFolder, 'passwords.json'), keychainCipher);
}

/**
 * `--store-password NAME`: stores the password from standard input, for inventories that name a `passwordSecret`, without
 * opening a window. A line break at its end is dropped. Exits with 0, or with 1 and the reason on standard error.
 */
export async function storePassword(name: string, withoutKeychain: boolean): Promise<void> {
  await app.whenReady();
  try {
    const password = (await text(process.stdin)).replace(/\r?\n$/, '');
    openPasswordStore(app.getPath('userData')).put(name, password, withoutKeychain);
    process.stdout.write(`heron: the password "${name}" is stored.\n`);
    app.exit(0);
  } catch (fault) {
    const failure = failureOf(fault);
    const words = failure === null ? String(fault) : `${failure.what} (${failure.where}) ${failure.todo}`;
    process.stderr.write(`heron: ${words}\n`);
    app.exit(1);
  }
}
