import { describe, expect, it } from 'vitest';
import { decrypt, desCipher, encrypt, encryptedLength } from '../../../../../monitor/snmp/codec/privacy';
import { usmKeys, type UsmUser } from '../../../../../monitor/snmp/codec/usm-keys';

const engineId = Buffer.from('80001f8804656467652d31', 'hex');
const clock = { boots: 7, time: 90_000 };
const text = Buffer.from('a scoped PDU of any length');

function keysFor(protocol: NonNullable<UsmUser['priv']>['protocol'], password = 'privacy-password') {
  const auth = { protocol: 'sha1' as const, password: 'authentication-1' };
  return usmKeys({ name: 'noc', level: 'authPriv', auth, priv: { protocol, password } }, engineId);
}

function encrypted(keys: ReturnType<typeof keysFor>): { salt: Buffer; payload: Buffer } {
  const packet = Buffer.alloc(8 + encryptedLength(text.length, keys));
  text.copy(packet, 8);
  encrypt(packet, { ...clock, saltAt: 0, from: 8, to: packet.length }, keys);
  return { salt: packet.subarray(0, 8), payload: packet.subarray(8) };
}

describe('privacy', () => {
  it.each(['des', 'aes128', 'aes256'] as const)('%s: only the right key gives the plaintext', (protocol) => {
    const keys = keysFor(protocol);
    const { salt, payload } = encrypted(keys);
    expect(payload.includes('scoped')).toBe(false);
    const opened = decrypt({ ...clock, salt, payload }, keys);
    expect(opened?.subarray(0, text.length)).toEqual(text);
    const other = decrypt({ ...clock, salt, payload }, keysFor(protocol, 'another-password'));
    expect(other?.subarray(0, text.length)).not.toEqual(text);
  });

  it('uses no salt twice', () => {
    const keys = keysFor('aes128');
    const salts = new Set(Array.from({ length: 1_000 }, () => encrypted(keys).salt.toString('hex')));
    expect(salts.size).toBe(1_000);
  });

  it('refuses what cannot be ciphertext', () => {
    const salt = Buffer.alloc(8);
    expect(decrypt({ ...clock, salt, payload: Buffer.alloc(12) }, keysFor('des'))).toBeNull();
    expect(decrypt({ ...clock, salt: Buffer.alloc(4), payload: text }, keysFor('aes128'))).toBeNull();
  });

  it('takes single DES where there is one, else triple DES', () => {
    expect(desCipher(['des-ede3-cbc', 'des-cbc'])).toBe('des-cbc');
    expect(desCipher(['des-ede3-cbc'])).toBe('des-ede3-cbc');
    expect(desCipher(['aes-128-cfb'])).toBeNull();
  });
});
