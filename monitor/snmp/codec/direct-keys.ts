import snmp from 'net-snmp';
import { keptBytes } from './shared-bytes';
import { localizedKey } from './key-localization';
import type { SnmpSecurity } from './security';

/** What secures the messages with one agent: its engine and the user's keys for it. */
export interface DirectKeys {
  engineId: Buffer;
  user: Buffer;
  hash: string;
  /** Octets of the digest in a message: 12 for SHA-1, up to 48 (RFC 3414, RFC 7860). */
  digestLength: number;
  authKey: Buffer;
  /** AES in CFB mode. */
  cipher: string;
  privKey: Buffer;
}

const users = new Map<string, Buffer>();
const maxUsers = 1_024;

/** Keys for direct messages, or null where they are not spoken: anything but authPriv with AES. */
export function directKeys(security: SnmpSecurity, engineId: Buffer): DirectKeys | null {
  if (security.kind !== 'v3' || security.level !== 'authPriv') return null;
  const { authProtocol, authKey, privProtocol, privKey } = security.user;
  if (authProtocol === undefined || privProtocol === undefined) return null;
  if (authKey === undefined || privKey === undefined) return null;
  const auth = snmp.Authentication.algorithms[authProtocol];
  const priv = snmp.Encryption.algorithms[privProtocol];
  if (!auth || !priv?.localizationAlgorithm || !/^aes-\d+-cfb$/.test(priv.CRYPTO_ALGORITHM)) return null;
  const user = users.get(security.userName) ?? Buffer.from(security.userName, 'utf8');
  if (users.size < maxUsers) users.set(security.userName, user);
  return {
    engineId: keptBytes(engineId),
    user,
    hash: auth.CRYPTO_ALGORITHM,
    digestLength: auth.AUTHENTICATION_CODE_LENGTH,
    authKey: keptBytes(localizedKey(authProtocol, authKey, engineId)),
    cipher: priv.CRYPTO_ALGORITHM,
    privKey: keptBytes(priv.localizationAlgorithm(priv, authProtocol, privKey, engineId)),
  };
}
