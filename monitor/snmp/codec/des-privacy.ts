import { createCipheriv, createDecipheriv, getCiphers, randomBytes } from 'node:crypto';
import type snmp from 'net-snmp';
import { localizedKey } from './key-localization';

/**
 * CBC-DES privacy (RFC 3414 section 8) where OpenSSL 3 offers single DES no more: triple DES with one key three times is
 * single DES.
 */
const blockBytes = 8;
const single = 'des-cbc';
const triple = 'des-ede3-cbc';

/** The cipher that does DES here, or null when this build of OpenSSL has neither. */
export function desCipher(available: readonly string[] = getCiphers()): string | null {
  return [single, triple].find((name) => available.includes(name)) ?? null;
}

function keyAndIv(cipher: string, password: string, authProtocol: number, engineId: Buffer, salt: Buffer) {
  const localized = localizedKey(authProtocol, password, engineId);
  const key = localized.subarray(0, blockBytes);
  const iv = Buffer.alloc(blockBytes);
  for (let at = 0; at < blockBytes; at += 1) iv[at] = (localized[blockBytes + at] ?? 0) ^ (salt[at] ?? 0);
  return { key: cipher === triple ? Buffer.concat([key, key, key]) : key, iv };
}

/** DES for net-snmp's table of privacy protocols. */
export function desPrivacy(cipher: string): (typeof snmp.Encryption.algorithms)[number] {
  return {
    CRYPTO_ALGORITHM: cipher,
    KEY_LENGTH: blockBytes,
    BLOCK_LENGTH: blockBytes,
    encryptPdu(scopedPdu, _privProtocol, password, authProtocol, engine) {
      const salt = Buffer.alloc(blockBytes);
      salt.writeUInt32BE(engine.engineBoots >>> 0, 0);
      randomBytes(4).copy(salt, 4);
      const { key, iv } = keyAndIv(cipher, password, authProtocol, engine.engineID, salt);
      const padding = (blockBytes - (scopedPdu.length % blockBytes)) % blockBytes;
      const padded = padding === 0 ? scopedPdu : Buffer.concat([scopedPdu, Buffer.alloc(padding)]);
      const encryption = createCipheriv(cipher, key, iv).setAutoPadding(false);
      return {
        encryptedPdu: Buffer.concat([encryption.update(padded), encryption.final()]),
        msgPrivacyParameters: salt,
      };
    },
    decryptPdu(encryptedPdu, _privProtocol, salt, password, authProtocol, engine) {
      const { key, iv } = keyAndIv(cipher, password, authProtocol, engine.engineID, salt);
      const decryption = createDecipheriv(cipher, key, iv).setAutoPadding(false);
      return Buffer.concat([decryption.update(encryptedPdu), decryption.final()]);
    },
  };
}
