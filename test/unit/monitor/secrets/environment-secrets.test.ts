import { describe, expect, it } from 'vitest';
import { demoPasswords } from '../../../../monitor/secrets/demo-passwords';
import { environmentSecrets } from '../../../../monitor/secrets/environment-secrets';

describe('environmentSecrets', () => {
  const secrets = environmentSecrets(
    { NOC_AUTH: 'auth-s3cret', HERON_EMPTY: '', HERON_DEMO_PRIV: 'my own', AWS_KEY: 'cl0ud-s3cret' },
    demoPasswords,
    (name) => name === 'NOC_AUTH',
  );

  it('finds a variable', async () => {
    expect(await secrets.resolve({ env: 'NOC_AUTH' })).toEqual({ found: true, value: 'auth-s3cret' });
  });

  it('uses the public demo passwords only where the variable is unset', async () => {
    expect(await secrets.resolve({ env: 'HERON_DEMO_AUTH' })).toEqual({
      found: true,
      value: demoPasswords.HERON_DEMO_AUTH,
    });
    expect(await secrets.resolve({ env: 'HERON_DEMO_PRIV' })).toEqual({ found: true, value: 'my own' });
  });

  it.each([
    [{ env: 'HERON_NOPE' }, 'HERON_NOPE is not set'],
    [{ env: 'HERON_EMPTY' }, 'HERON_EMPTY is empty'],
    [{ env: 'AWS_KEY' }, 'allow it with --allow-env AWS_KEY'],
    [{ env: 'constructor' }, 'constructor is not one of Heron'],
    [{ secret: 'noc' }, '"noc" is in the desktop app'],
  ])('names %j where it has none, and no value', async (source, words) => {
    const result = await secrets.resolve(source);
    expect(result).toMatchObject({ found: false });
    expect(JSON.stringify(result)).toContain(words.replaceAll('"', '\\"'));
    expect(JSON.stringify(result)).not.toContain('s3cret');
  });
});
