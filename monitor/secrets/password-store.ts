import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { secretNameSchema } from '../../domain/inventory/inventory-text';
import type { StoredPlace } from './password-places';
import { RequestRefused } from '../../domain/contract/request-refused';
import { writeFileDurablySync } from '../base/write-file';
import type { SecretResult } from './secret-resolver';

const fileSchema = z.object({
  version: z.literal(1),
  /** By name: the encrypted text in base64, and what protects it. */
  passwords: z.record(
    z.string(),
    z.object({ protection: z.enum(['keychain', 'none']), encrypted: z.base64() }),
  ),
});
type PasswordFile = z.infer<typeof fileSchema>;

/** What encrypts: Electron's safeStorage, or a fake in tests. */
export interface Cipher {
  /** `none`: the system has no keychain, so anyone who can read the file can read the passwords. */
  protection(): 'keychain' | 'none';
  encrypt(text: string): Buffer;
  decrypt(encrypted: Buffer): string;
}

/**
 * Passwords by name, encrypted by the system's keychain, in one file that only its owner may read. Only the sources in the main process
 * receive them; no request returns one.
 */
export class PasswordStore {
  /** In memory only, until Heron exits. */
  private readonly untilClosing = new Map<string, string>();

  constructor(
    private readonly file: string,
    private readonly cipher: Cipher,
  ) {}

  /** The password stored under a name, or why there is none. Never throws; the password is in no message. */
  get(name: string): SecretResult {
    const inMemory = this.untilClosing.get(name);
    if (inMemory !== undefined) return { found: true, value: inMemory };
    try {
      const { passwords } = this.read();
      const stored = Object.hasOwn(passwords, name) ? passwords[name] : undefined;
      if (stored === undefined)
        return { found: false, words: `no password is stored under the name "${name}"` };
      return { found: true, value: this.cipher.decrypt(Buffer.from(stored.encrypted, 'base64')) };
    } catch (fault) {
      const words =
        fault instanceof RequestRefused
          ? fault.message
          : `the stored password "${name}" cannot be decrypted here: store it again`;
      return { found: false, words };
    }
  }

  /**
   * Stores a password. Without a keychain it refuses, unless `withoutKeychain` states that the user accepts that.
   *
   * @throws RequestRefused with what to do.
   */
  put(name: string, password: string, withoutKeychain: boolean): void {
    const checked = secretNameSchema.safeParse(name);
    if (!checked.success || password === '') {
      throw new RequestRefused({
        what: checked.success ? 'The password is empty.' : 'The name is not one a stored password can have.',
        where: this.file,
        todo: 'Give a name (letters, digits, space and . _ / -) and write the password to standard input.',
      });
    }
    const protection = this.cipher.protection();
    if (protection === 'none' && !withoutKeychain) {
      throw new RequestRefused({
        what: 'This system offers no keychain: a stored password could be read by anyone who can read the file.',
        where: this.file,
        todo: 'Start a keychain (GNOME Keyring, KWallet), name an environment variable in the inventory instead, or repeat with --without-keychain.',
      });
    }
    const encrypted = this.cipher.encrypt(password).toString('base64');
    const { passwords } = this.read();
    this.write({ ...passwords, [name]: { protection, encrypted } });
    this.untilClosing.delete(name);
  }

  /** Whether the system's keychain protects newly stored passwords. */
  protects(): boolean {
    return this.cipher.protection() === 'keychain';
  }

  /** Where a password is stored. */
  place(name: string): StoredPlace {
    if (this.untilClosing.has(name)) return 'until-closing';
    const { passwords } = this.read();
    const stored = Object.hasOwn(passwords, name) ? passwords[name] : undefined;
    if (stored === undefined) return 'none';
    return stored.protection === 'keychain' ? 'stored' : 'stored-open';
  }

  /** Holds a password in memory until Heron exits. It takes precedence over a stored one of that name. */
  holdUntilClosing(name: string, password: string): void {
    this.untilClosing.set(name, password);
  }

  /** Deletes a password, wherever it is. @throws RequestRefused when the file cannot be read. */
  remove(name: string): void {
    this.untilClosing.delete(name);
    const { passwords } = this.read();
    if (!Object.hasOwn(passwords, name)) return;
    const { [name]: _removed, ...rest } = passwords;
    this.write(rest);
  }

  private write(passwords: PasswordFile['passwords']): void {
    const next: PasswordFile = { version: 1, passwords };
    writeFileDurablySync(this.file, JSON.stringify(next), { replace: true });
  }

  private read(): PasswordFile {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.file, 'utf8')));
    } catch (fault) {
      if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT')
        return { version: 1, passwords: {} };
      throw new RequestRefused({
        what: 'The file of stored passwords cannot be read. It was left as it is.',
        where: this.file,
        todo: 'Move it away and store the passwords again.',
      });
    }
  }
}
