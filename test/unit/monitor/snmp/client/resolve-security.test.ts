import { describe, expect, it } from 'vitest';
import type { Credential } from '../../../../../domain/inventory/inventory';
import { environmentSecrets } from '../../../../../monitor/secrets/environment-secrets';
import { missingCrypto, resolveSecurity } from '../../../../../monitor/snmp/client/resolve-security';

const noc: Credential = {
  name: 'noc',
  version: '3',
  user: 'noc',
  auth: { protocol: 'sha256', passwordEnv: 'AUTH' },
  priv: { protocol: 'aes256', passwordEnv: 'PRIV' },
};
const passwords = { AUTH: 'auth-s3cret-words', PRIV: 'priv-s3cret-words' };

describe('resolveSecurity', () => {
  it('gives a user with its level and passwords', async () => {
    const result = await resolveSecurity(
      noc,
      environmentSecrets(passwords, {}, () => true),
    );
    expect(result).toMatchObject({
      ok: true,
      security: { kind: 'v3', user: { level: 'authPriv', name: 'noc' } },
    });
  });

  it('names the variable that is not set', async () => {
    const result = await resolveSecurity(
      noc,
      environmentSecrets({ AUTH: passwords.AUTH }, {}, () => true),
    );
    expect(result).toEqual({
      ok: false,
      code: 'no-credential',
      words: 'the environment variable PRIV is not set',
    });
  });

  it('never has a password in its words', async () => {
    const results = await Promise.all([
      resolveSecurity(
        noc,
        environmentSecrets({ AUTH: 'short', PRIV: passwords.PRIV }, {}, () => true),
      ),
      resolveSecurity(
        noc,
        environmentSecrets({ AUTH: passwords.AUTH, PRIV: 'tiny' }, {}, () => true),
      ),
      resolveSecurity(
        { ...noc, auth: undefined },
        environmentSecrets(passwords, {}, () => true),
      ),
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
});
