import { describe, expect, it } from 'vitest';
import {
  decrypt,
  encrypt,
  isAuthentic,
  localizedKey,
  messageDigest,
  passwordKey,
} from '../../../../demo/agent/usm';

describe('the user-based security model', () => {
  it('makes the keys of RFC 3414 appendix A.3.2', () => {
    const key = passwordKey('maplesyrup');
    expect(key.toString('hex')).toBe('9fb5cc0381497b3793528939ff788d5d79145211');
    const engineId = Buffer.from('000000000000000000000002', 'hex');
    expect(localizedKey(key, engineId).toString('hex')).toBe('6695febc9288e36282235fc7151f128497b38f3f');
  });

  it('knows its own signature and no other, and leaves the message as it was', () => {
    const key = Buffer.alloc(20, 1);
    const message = Buffer.alloc(60, 5).fill(0, 20, 32);
    messageDigest(key, message).copy(message, 20);
    const before = Buffer.from(message);
    expect(isAuthentic(key, message, 20)).toBe(true);
    expect(isAuthentic(Buffer.alloc(20, 2), message, 20)).toBe(false);
    expect(message.equals(before)).toBe(true);
    message[50] = 6;
    expect(isAuthentic(key, message, 20)).toBe(false);
    expect(isAuthentic(key, message, 55)).toBe(false);
  });

  it('decrypts with the same key, boots and time only', () => {
    const key = passwordKey('a password of some length');
    const plain = Buffer.from('0123456789 a scoped PDU');
    const { salt, bytes } = encrypt(key, 3, 700, plain);
    expect(decrypt(key, 3, 700, salt, bytes).equals(plain)).toBe(true);
    expect(decrypt(key, 4, 700, salt, bytes).equals(plain)).toBe(false);
    expect(decrypt(passwordKey('another password'), 3, 700, salt, bytes).equals(plain)).toBe(false);
    expect(encrypt(key, 3, 700, plain).salt.equals(salt)).toBe(false);
  });
});
