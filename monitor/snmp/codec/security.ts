import { getCiphers, getHashes } from 'node:crypto';
import snmp from 'net-snmp';
import type { User } from 'net-snmp';
import type { Credential } from '../../../domain/inventory/inventory';
import type { SecretResolver, SecretSource } from '../../secrets/secret-resolver';
import { desCipher, desPrivacy } from './des-privacy';
import { localizedKey } from './key-localization';

/** A credential with its passwords, ready for a session; or why it cannot be used, in words. */
export type SnmpSecurity =
  | { kind: 'v2c'; community: string }
  | {
      kind: 'v3';
      user: User;
      userName: string;
      level: 'noAuthNoPriv' | 'authNoPriv' | 'authPriv';
    };

export type SecurityResult =
  { ok: true; security: SnmpSecurity } | { ok: false; code: 'no-credential' | 'unsupported'; words: string };

type V3 = Extract<Credential, { version: '3' }>;
type AuthName = NonNullable<V3['auth']>['protocol'];
type PrivName = NonNullable<V3['priv']>['protocol'];

const authProtocols: Record<AuthName, { net: string; hash: string }> = {
  md5: { net: 'md5', hash: 'md5' },
  sha1: { net: 'sha', hash: 'sha1' },
  sha224: { net: 'sha224', hash: 'sha224' },
  sha256: { net: 'sha256', hash: 'sha256' },
  sha384: { net: 'sha384', hash: 'sha384' },
  sha512: { net: 'sha512', hash: 'sha512' },
};

/** AES-256 keys are stretched as net-snmp's agents do it: Blumenthal's draft, not Reeder's. */
const privProtocols: Record<PrivName, { net: string; cipher: string; words: string }> = {
  des: { net: 'des', cipher: 'des-cbc', words: 'DES' },
  aes128: { net: 'aes', cipher: 'aes-128-cfb', words: 'AES-128' },
  aes256: { net: 'aes256b', cipher: 'aes-256-cfb', words: 'AES-256' },
};

const minPasswordLength = 8;

/**
 * Gives net-snmp our key derivation (once per password, not per edge) and, where OpenSSL has no single DES, our DES. Both
 * are entries of tables that the package exports.
 */
export function prepareNetSnmp(): void {
  snmp.Authentication.passwordToKey = localizedKey;
  const des = desCipher();
  const protocol = snmp.PrivProtocols['des'];
  if (des !== null && protocol !== undefined) snmp.Encryption.algorithms[protocol] = desPrivacy(des);
}

/** What this runtime's OpenSSL lacks for a credential, in words; null when it has all. */
export function missingCrypto(
  credential: Credential,
  ciphers: readonly string[] = getCiphers(),
  hashes: readonly string[] = getHashes(),
): string | null {
  if (credential.version !== '3') return null;
  if (credential.auth) {
    const { hash } = authProtocols[credential.auth.protocol];
    if (!hashes.includes(hash))
      return `this build has no ${hash} hash, which credential "${credential.name}" asks for`;
  }
  if (credential.priv) {
    const { cipher, words } = privProtocols[credential.priv.protocol];
    const has = credential.priv.protocol === 'des' ? desCipher(ciphers) !== null : ciphers.includes(cipher);
    if (!has)
      return `this build has no ${words} cipher (${cipher}), which credential "${credential.name}" asks for`;
  }
  return null;
}

/** Resolves a credential's passwords. Never throws; no password is in the words. */
export async function resolveSecurity(
  credential: Credential,
  secrets: SecretResolver,
): Promise<SecurityResult> {
  const missing = missingCrypto(credential);
  if (missing !== null) return { ok: false, code: 'unsupported', words: missing };
  const ask = async (what: string, env: string | undefined, secret: string | undefined) => {
    const source: SecretSource | null =
      env !== undefined ? { env } : secret !== undefined ? { secret } : null;
    if (source === null)
      return { found: false as const, words: `credential "${credential.name}" names no ${what}` };
    return secrets.resolve(source);
  };
  if (credential.version === '2c') {
    const community = await ask('community', credential.communityEnv, credential.communitySecret);
    if (!community.found) return { ok: false, code: 'no-credential', words: community.words };
    return { ok: true, security: { kind: 'v2c', community: community.value } };
  }
  const user: User = { name: credential.user, level: snmp.SecurityLevel.noAuthNoPriv };
  const { auth, priv } = credential;
  if (priv && !auth) {
    return {
      ok: false,
      code: 'unsupported',
      words: `credential "${credential.name}" has privacy without authentication`,
    };
  }
  for (const [what, part] of [
    ['authentication password', auth],
    ['privacy password', priv],
  ] as const) {
    if (!part) continue;
    const password = await ask(what, part.passwordEnv, part.passwordSecret);
    if (!password.found) return { ok: false, code: 'no-credential', words: password.words };
    if (password.value.length < minPasswordLength) {
      const words = `the ${what} of credential "${credential.name}" is shorter than ${minPasswordLength} characters`;
      return { ok: false, code: 'no-credential', words };
    }
    if (part === auth) {
      user.authProtocol = snmp.AuthProtocols[authProtocols[auth.protocol].net];
      user.authKey = password.value;
    } else if (priv) {
      user.privProtocol = snmp.PrivProtocols[privProtocols[priv.protocol].net];
      user.privKey = password.value;
    }
  }
  const level = priv ? 'authPriv' : auth ? 'authNoPriv' : 'noAuthNoPriv';
  user.level = snmp.SecurityLevel[level];
  return {
    ok: true,
    security: { kind: 'v3', user, userName: credential.user, level },
  };
}
