import { createHash } from 'node:crypto';
import snmp from 'net-snmp';

/**
 * Passwords to localized keys (RFC 3414 A.2, RFC 7860 for SHA-2). The expensive half, a hash over 2^20 bytes of the
 * repeated password, does not depend on the engine: it is done once per password and protocol, not once per edge
 * (1.3 ms each, which for 16,000 edges would hold the main thread for most of a minute). Both caches are bounded, so
 * an agent that keeps changing its engine id cannot make them grow. Direct channels have copies of their own.
 */
const maxPasswords = 1024;
const maxKeys = 4_096;
const expandedBytes = 1_048_576;

interface PasswordKey {
  key: Buffer;
  byEngine: Map<string, Buffer>;
}

const passwordKeys = new Map<string, PasswordKey>();
let keyCount = 0;

function forgetKeys(): void {
  passwordKeys.clear();
  keyCount = 0;
}

/** The key of `password` for the engine `engineId`, as long as the protocol's digest. */
export function localizedKey(authProtocol: number, password: string | Buffer, engineId: Buffer): Buffer {
  const algorithm = snmp.Authentication.algorithms[authProtocol]?.CRYPTO_ALGORITHM;
  if (algorithm === undefined) throw new RangeError(`No such authentication protocol: ${authProtocol}.`);
  const expanded = passwordKey(algorithm, password);
  const engine = engineId.toString('latin1');
  const known = expanded.byEngine.get(engine);
  if (known) return known;
  if (keyCount >= maxKeys) {
    for (const entry of passwordKeys.values()) entry.byEngine.clear();
    keyCount = 0;
  }
  const key = createHash(algorithm).update(expanded.key).update(engineId).update(expanded.key).digest();
  expanded.byEngine.set(engine, key);
  keyCount += 1;
  return key;
}

function passwordKey(algorithm: string, password: string | Buffer): PasswordKey {
  const name =
    typeof password === 'string' ? `${algorithm} ${password}` : `${algorithm}:${password.toString('hex')}`;
  const known = passwordKeys.get(name);
  if (known) return known;
  if (passwordKeys.size >= maxPasswords) forgetKeys();
  const key = createHash(algorithm).update(Buffer.alloc(expandedBytes, password)).digest();
  const made = { key, byEngine: new Map<string, Buffer>() };
  passwordKeys.set(name, made);
  return made;
}
