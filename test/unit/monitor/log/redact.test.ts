import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../../monitor/log/redact';

describe('the log without secrets', () => {
  it('replaces what is named like a secret, wherever it is', () => {
    const logged = JSON.stringify(
      redact({
        user: 'noc',
        auth: { protocol: 'sha1', password: 'swordfish' },
        list: [{ clientSecret: 'swordfish', token: 'swordfish' }],
        text: 'login with password=swordfish and community: "swordfish", http://noc:swordfish@10.0.0.1/',
      }),
    );
    expect(logged).not.toContain('swordfish');
    expect(logged).toContain('noc');
    expect(logged).toContain('sha1');
  });

  it('replaces it in errors too, and keeps their place', () => {
    const logged = String(redact(new Error('refused: privPassword=swordfish')));
    expect(logged).not.toContain('swordfish');
    expect(logged).toContain('redact.test');
  });

  it('keeps the names of secrets and of variables, which are no secrets', () => {
    expect(redact({ passwordEnv: 'HERON_AUTH', passwordSecret: undefined })).toEqual({
      passwordEnv: 'HERON_AUTH',
      passwordSecret: '(secret)',
    });
  });

  it('lets no value through under a secret name', () => {
    const value = fc.stringMatching(/^[A-Za-z0-9]{8,20}$/);
    fc.assert(
      fc.property(
        value,
        fc.constantFrom('password', 'authPassword', 'token', 'community', 'passphrase'),
        (secret, key) => {
          const logged = JSON.stringify([
            redact({ deep: { [key]: secret } }),
            redact(`x ${key}=${secret} y`),
          ]);
          return !logged.includes(secret);
        },
      ),
    );
  });

  it('does not follow a circle for ever', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(JSON.stringify(redact(circle))).toContain('…');
  });
});
