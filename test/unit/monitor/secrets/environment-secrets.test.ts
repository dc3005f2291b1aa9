import { describe, expect, it } from 'vitest';
import { demoPasswords } from '../../../../monitor/secrets/demo-passwords';
import { environmentSecrets } from '../../../../monitor/secrets/environment-secrets';

describe('environmentSecrets', () => {
  const secrets = environmentSecrets(
    { NOC_AUTH: 'auth-s3cret', EMPTY: '', HERON_DEMO_PRIV: 'my own' },
    demoPasswords,
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
    [{ env: 'NOPE' }, 'NOPE is not set'],
    [{ env: 'EMPTY' }, 'EMPTY is empty'],
    [{ env: 'constructor' }, 'constructor is not set'],
    [{ secret: 'noc' }, '"noc" is in the desktop app'],
  ])('names %j where it has none, and no value', async (source, words) => {
    const result = await secrets.resolve(source);
    expect(result).toMatchObject({ found: false });
    expect(JSON.stringify(result)).toContain(words.replaceAll('"', '\\"'));
    expect(JSON.stringify(result)).not.toContain('s3cret');
  });
});
