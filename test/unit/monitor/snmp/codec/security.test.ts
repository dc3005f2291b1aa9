import { describe, expect, it } from 'vitest';
import type { Credential } from '../../../../../domain/inventory/inventory';
import { environmentSecrets } from '../../../../../monitor/secrets/environment-secrets';
import { desCipher } from '../../../../../monitor/snmp/codec/des-privacy';
import { localizedKey } from '../../../../../monitor/snmp/codec/key-localization';
import { missingCrypto, resolveSecurity } from '../../../../../monitor/snmp/codec/security';

const noc: Credential = {
  name: 'noc',
  version: '3',
  user: 'noc',
  auth: { protocol: 'sha256', passwordEnv: 'AUTH' },
  priv: { protocol: 'aes256', passwordEnv: 'PRIV' },
};
const passwords = { AUTH: 'auth-s3cret-words', PRIV: 'priv-s3cret-words' };

describe('localized keys', () => {
  const engine = Buffer.from('000000000000000000000002', 'hex');

  it("are RFC 3414's own examples (A.3.1, A.3.2)", () => {
    expect(localizedKey(2, 'maplesyrup', engine).toString('hex')).toBe('526f5eed9fcce26f8964c2930787d82b');
    expect(localizedKey(3, 'maplesyrup', engine).toString('hex')).toBe(
      '6695febc9288e36282235fc7151f128497b38f3f',
    );
  });

  it('cost the long hash once per password, not once per engine', () => {
    localizedKey(3, 'another password', engine);
    const startedAt = performance.now();
    for (let edge = 0; edge < 5000; edge += 1)
      localizedKey(3, 'another password', Buffer.from(`engine ${edge}`));
    // One long hash takes over a millisecond: 5,000 of them could not be done in this time.
    expect(performance.now() - startedAt).toBeLessThan(2500);
  });
});

describe('resolveSecurity', () => {
  it('gives a user with its level and passwords', async () => {
    const result = await resolveSecurity(noc, environmentSecrets(passwords));
    expect(result).toMatchObject({ ok: true, security: { kind: 'v3', level: 'authPriv', userName: 'noc' } });
  });

  it('names the variable that is not set', async () => {
    const result = await resolveSecurity(noc, environmentSecrets({ AUTH: passwords.AUTH }));
    expect(result).toEqual({
      ok: false,
      code: 'no-credential',
      words: 'the environment variable PRIV is not set',
    });
  });

  it('never has a password in its words', async () => {
    const results = await Promise.all([
      resolveSecurity(noc, environmentSecrets({ AUTH: 'short', PRIV: passwords.PRIV })),
      resolveSecurity(noc, environmentSecrets({ AUTH: passwords.AUTH, PRIV: 'tiny' })),
      resolveSecurity({ ...noc, auth: undefined }, environmentSecrets(passwords)),
    ]);
    for (const result of results) {
      expect(result.ok).toBe(false);
      expect(JSON.stringify(result)).not.toMatch(/"short"|is short[^e]|tiny|s3cret/);
    }
  });

  it('names the cipher or hash that this build lacks', () => {
    expect(missingCrypto(noc, ['aes-128-cfb'], ['sha256'])).toContain('aes-256-cfb');
    expect(missingCrypto(noc, ['aes-256-cfb'], ['md5'])).toContain('sha256');
    expect(missingCrypto(noc, ['aes-256-cfb'], ['sha256'])).toBeNull();
    const des: Credential = { ...noc, priv: { protocol: 'des', passwordEnv: 'PRIV' } };
    expect(missingCrypto(des, [], ['sha256'])).toContain('DES');
    expect(missingCrypto(des, ['des-ede3-cbc'], ['sha256'])).toBeNull();
  });

  it('takes single DES where there is one, else triple DES', () => {
    expect(desCipher(['des-ede3-cbc', 'des-cbc'])).toBe('des-cbc');
    expect(desCipher(['des-ede3-cbc'])).toBe('des-ede3-cbc');
    expect(desCipher(['aes-128-cfb'])).toBeNull();
  });
});
