import { safeStorage } from 'electron';
import type { Cipher } from '../../monitor/secrets/password-store';

/**
 * The system's keychain through Electron. On Linux without a secret service Electron uses a fixed key, which protects
 * nothing and is reported as `none`. Works once the app is ready.
 */
export const keychainCipher: Cipher = {
  protection() {
    const fixedKey = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
    return safeStorage.isEncryptionAvailable() && !fixedKey ? 'keychain' : 'none';
  },
  encrypt(text) {
    allowFixedKey();
    return safeStorage.encryptString(text);
  },
  decrypt(encrypted) {
    allowFixedKey();
    return safeStorage.decryptString(encrypted);
  },
};

function allowFixedKey(): void {
  if (keychainCipher.protection() === 'none') safeStorage.setUsePlainTextEncryption(true);
}
