/**
 * Loaded into Electron before Heron: a keychain where the system has none. It encrypts by one key of its own,
 * so that only what asks "is there a keychain" is answered differently; everything above it is Heron's own.
 */
const { safeStorage } = require('electron');
const { createCipheriv, createDecipheriv, createHash, randomBytes } = require('node:crypto');

const key = createHash('sha256').update('a keychain for tests').digest();

safeStorage.isEncryptionAvailable = () => true;
safeStorage.getSelectedStorageBackend = () => 'gnome_libsecret';
safeStorage.encryptString = (text) => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
};
safeStorage.decryptString = (sealed) => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(-16));
  return decipher.update(sealed.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
};
