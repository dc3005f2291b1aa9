import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { secretNameSchema } from '../../domain/inventory/inventory-text';
import { RequestRefused } from '../ipc/request-refused';
import type { SecretResult } from '../secrets/secret-resolver';

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
  /** `none`: the system has no keychain, so whoever can read the file can read the passwords. */
  protection(): 'keychain' | 'none';
  encrypt(text: string): Buffer;
  decrypt(encrypted: Buffer): string;
}

/**
 * Passwords by name, encrypted by the system's keychain, in one file only its owner may read. They are given to the
 * sources in the main process and to nobody else; there is no request that answers one.
 */
export class PasswordStore {
  constructor(
    private readonly file: string,
    private readonly cipher: Cipher,
  ) {}

  /** The password kept under a name, or why there is none. Never throws, never repeats the password. */
  get(name: string): SecretResult {
    try {
      const { passwords } = this.read();
      const kept = Object.hasOwn(passwords, name) ? passwords[name] : undefined;
      if (kept === undefined)
        return { found: false, words: `no password is stored under the name "${name}"` };
      return { found: true, value: this.cipher.decrypt(Buffer.from(kept.encrypted, 'base64')) };
    } catch (fault) {
      const words =
        fault instanceof RequestRefused
          ? fault.message
          : `the stored password "${name}" cannot be decrypted here: store it again`;
      return { found: false, words };
    }
  }

  /**
   * Keeps a password. Where there is no keychain it refuses, unless `withoutKeychain` says that the person knows.
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
        what: 'This system offers no keychain: a stored password could be read by whoever can read the file.',
        where: this.file,
        todo: 'Start a keychain (GNOME Keyring, KWallet), name an environment variable in the inventory instead, or repeat with --without-keychain.',
      });
    }
    const encrypted = this.cipher.encrypt(password).toString('base64');
    const { passwords } = this.read();
    const next: PasswordFile = { version: 1, passwords: { ...passwords, [name]: { protection, encrypted } } };
    writeFileSync(`${this.file}.new`, JSON.stringify(next), { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
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
