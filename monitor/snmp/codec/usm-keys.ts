import { lengthenedKey, localizedKey } from './key-localization';
import {
  authAlgorithms,
  privAlgorithms,
  type AuthAlgorithm,
  type AuthProtocol,
  type PrivAlgorithm,
  type PrivProtocol,
} from './protocols';
import { sharedBytes } from './shared-bytes';

export type SecurityLevel = 'noAuthNoPriv' | 'authNoPriv' | 'authPriv';

/** A user of the user-based security model (RFC 3414) with its passwords. */
export interface UsmUser {
  name: string;
  level: SecurityLevel;
  auth: { protocol: AuthProtocol; password: string } | null;
  priv: { protocol: PrivProtocol; password: string } | null;
}

/** What secures messages for one authoritative engine: the user and its keys localized to that engine. */
export interface UsmKeys {
  engineId: Buffer;
  user: Buffer;
  auth: AuthAlgorithm | null;
  authKey: Buffer;
  priv: PrivAlgorithm | null;
  privKey: Buffer;
}

const none = Buffer.alloc(0);
const userNames = new Map<string, Buffer>();
const maxUserNames = 1_024;

/** A user's keys for the engine with this ID. @throws RangeError for privacy without authentication */
export function usmKeys(user: UsmUser, engineId: Buffer): UsmKeys {
  const keys = unsecuredKeys(userName(user.name), engineId);
  if (user.auth) {
    keys.auth = authAlgorithms[user.auth.protocol];
    keys.authKey = localizedKey(keys.auth.hash, user.auth.password, engineId);
  }
  if (user.priv) {
    // RFC 3414 section 2.6: the privacy key is localized with the authentication protocol's hash.
    if (!keys.auth) throw new RangeError('Privacy without authentication.');
    keys.priv = privAlgorithms[user.priv.protocol];
    const { hash } = keys.auth;
    const localized = localizedKey(hash, user.priv.password, engineId);
    keys.privKey = lengthenedKey(hash, localized, keys.priv.keyOctets);
  }
  return keys;
}

/** Keys of a user that neither signs nor encrypts. */
export function unsecuredKeys(user: Buffer, engineId: Buffer): UsmKeys {
  return { engineId, user, auth: null, authKey: none, priv: null, privKey: none };
}

/** The same keys in memory that thousands of sessions share, independent of the packet the engine ID came in. */
export function retainedKeys(keys: UsmKeys): UsmKeys {
  return {
    ...keys,
    engineId: sharedBytes(keys.engineId),
    authKey: sharedBytes(keys.authKey),
    privKey: sharedBytes(keys.privKey),
  };
}

function userName(name: string): Buffer {
  const known = userNames.get(name);
  if (known) return known;
  const bytes = Buffer.from(name, 'utf8');
  if (userNames.size >= maxUserNames) userNames.clear();
  userNames.set(name, bytes);
  return bytes;
}
