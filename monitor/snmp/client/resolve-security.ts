import { getCiphers, getHashes } from 'node:crypto';
import type { Credential } from '../../../domain/inventory/inventory';
import type { SecretResolver, SecretSource } from '../../secrets/secret-resolver';
import { desCipher } from '../codec/privacy';
import { authAlgorithms, privAlgorithms } from '../codec/protocols';
import type { UsmUser } from '../codec/usm-keys';

/** A credential with its passwords, ready for requests. */
export type SnmpSecurity = { kind: 'v2c'; community: string } | { kind: 'v3'; user: UsmUser };

/** The security, or why a credential cannot be used, in words. */
export type SecurityResult =
  { ok: true; security: SnmpSecurity } | { ok: false; code: 'no-credential' | 'unsupported'; words: string };

/** RFC 3414 section 11.2. */
const minPasswordLength = 8;

/** What this runtime's OpenSSL lacks for a credential, in words; null when it has all. */
export function missingCrypto(
  credential: Credential,
  ciphers: readonly string[] = getCiphers(),
  hashes: readonly string[] = getHashes(),
): string | null {
  if (credential.version !== '3') return null;
  const asksFor = `which credential "${credential.name}" asks for`;
  if (credential.auth) {
    const { hash } = authAlgorithms[credential.auth.protocol];
    if (!hashes.includes(hash)) return `this build has no ${hash} hash, ${asksFor}`;
  }
  if (credential.priv) {
    const { kind, cipher, label } = privAlgorithms[credential.priv.protocol];
    const available = kind === 'des-cbc' ? desCipher(ciphers) !== null : ciphers.includes(cipher);
    if (!available) return `this build has no ${label} cipher (${cipher}), ${asksFor}`;
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
  if (credential.version === '2c') {
    const { communityEnv, communitySecret } = credential;
    const community = await resolveSecret(
      credential.name,
      'community',
      communityEnv,
      communitySecret,
      secrets,
    );
    if (!community.found) return { ok: false, code: 'no-credential', words: community.words };
    return { ok: true, security: { kind: 'v2c', community: community.value } };
  }
  return resolveUser(credential, secrets);
}

async function resolveUser(
  credential: Extract<Credential, { version: '3' }>,
  secrets: SecretResolver,
): Promise<SecurityResult> {
  const { name, auth, priv } = credential;
  if (priv && !auth) {
    return {
      ok: false,
      code: 'unsupported',
      words: `credential "${name}" has privacy without authentication`,
    };
  }
  const level = priv ? 'authPriv' : auth ? 'authNoPriv' : 'noAuthNoPriv';
  const user: UsmUser = { name: credential.user, level, auth: null, priv: null };
  for (const [what, part] of [
    ['authentication password', auth],
    ['privacy password', priv],
  ] as const) {
    if (!part) continue;
    const password = await resolveSecret(name, what, part.passwordEnv, part.passwordSecret, secrets);
    if (!password.found) return { ok: false, code: 'no-credential', words: password.words };
    if (password.value.length < minPasswordLength) {
      const words = `the ${what} of credential "${name}" is shorter than ${minPasswordLength} characters`;
      return { ok: false, code: 'no-credential', words };
    }
    if (part === auth) user.auth = { protocol: auth.protocol, password: password.value };
    else if (priv) user.priv = { protocol: priv.protocol, password: password.value };
  }
  return { ok: true, security: { kind: 'v3', user } };
}

async function resolveSecret(
  credentialName: string,
  what: string,
  env: string | undefined,
  secret: string | undefined,
  secrets: SecretResolver,
): ReturnType<SecretResolver['resolve']> {
  const source: SecretSource | null = env !== undefined ? { env } : secret !== undefined ? { secret } : null;
  if (source === null) return { found: false, words: `credential "${credentialName}" names no ${what}` };
  return secrets.resolve(source);
}
