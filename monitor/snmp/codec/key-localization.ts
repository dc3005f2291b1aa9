import { createHash } from 'node:crypto';

/**
 * Passwords to localized keys (RFC 3414 A.2, RFC 7860 for SHA-2). The expensive half, a hash over 2^20 bytes of the repeated
 * password, does not depend on the engine: it is computed once per password and hash, not once per edge (1.3 ms each).
 * Both caches are bounded, so an agent that keeps changing its engine ID cannot make them grow.
 */
const maxPasswords = 1_024;
const maxKeys = 4_096;
const expandedOctets = 1_048_576;

interface PasswordKey {
  key: Buffer;
  byEngine: Map<string, Buffer>;
}

const passwordKeys = new Map<string, PasswordKey>();
let keyCount = 0;

/** The key of `password` for the engine `engineId`, as long as the digest of `hash` (OpenSSL's name). */
export function localizedKey(hash: string, password: string, engineId: Buffer): Buffer {
  const expanded = passwordKey(hash, password);
  const engine = engineId.toString('latin1');
  const known = expanded.byEngine.get(engine);
  if (known) return known;
  if (keyCount >= maxKeys) {
    for (const entry of passwordKeys.values()) entry.byEngine.clear();
    keyCount = 0;
  }
  const key = createHash(hash).update(expanded.key).update(engineId).update(expanded.key).digest();
  expanded.byEngine.set(engine, key);
  keyCount += 1;
  return key;
}

/**
 * A localized key lengthened to `octets`: each block is the hash of the block before, as Blumenthal's draft has it and
 * net-snmp's agents do (draft-blumenthal-aes-usm-04 section 3.1.2.1).
 */
export function lengthenedKey(hash: string, localized: Buffer, octets: number): Buffer {
  const blocks = [localized];
  for (let have = localized.length; have < octets; have += localized.length) {
    const last = blocks.at(-1) ?? localized;
    blocks.push(createHash(hash).update(last).digest());
  }
  return Buffer.concat(blocks).subarray(0, octets);
}

function passwordKey(hash: string, password: string): PasswordKey {
  const name = `${hash} ${password}`;
  const known = passwordKeys.get(name);
  if (known) return known;
  if (passwordKeys.size >= maxPasswords) {
    passwordKeys.clear();
    keyCount = 0;
  }
  const key = createHash(hash).update(Buffer.alloc(expandedOctets, password)).digest();
  const made = { key, byEngine: new Map<string, Buffer>() };
  passwordKeys.set(name, made);
  return made;
}
