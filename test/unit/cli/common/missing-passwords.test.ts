import { describe, expect, it } from 'vitest';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { missingPasswords } from '../../../../cli/common/missing-passwords';
import { environmentSecrets } from '../../../../monitor/secrets/environment-secrets';

const file = inventoryFileSchema.parse({
  credentials: [
    {
      ...{ name: 'noc', version: '3', user: 'noc' },
      auth: { protocol: 'sha1', passwordEnv: 'T_AUTH' },
      priv: { protocol: 'aes128', passwordEnv: 'T_PRIV' },
    },
    { name: 'old', version: '2c', communityEnv: 'T_COMMUNITY' },
    { name: 'kept', version: '2c', communitySecret: 'in-the-app' },
    { name: 'open', version: '3', user: 'guest' },
  ],
});

describe('missing passwords', () => {
  it('are named with their credential and their place, and those that are there are not', async () => {
    const words = await missingPasswords(
      identifyInventory(file, null),
      environmentSecrets({ T_AUTH: 'secret-1', T_COMMUNITY: '' }, {}, () => true),
    );
    expect(words).toEqual([
      'The privacy password of credential "noc" is missing: the environment variable T_PRIV is not set. Its edges cannot be polled.',
      'The community of credential "old" is missing: the environment variable T_COMMUNITY is empty. Its edges cannot be polled.',
      expect.stringContaining(
        'credential "kept" is missing: the password "in-the-app" is in the desktop app',
      ),
    ]);
    expect(words.join()).not.toContain('secret-1');
  });

  it('are those of a source, and not those that only a source needs', async () => {
    const edge = { name: 'e', proxyIp: '10.0.0.1', snmp: { credential: 'noc' } };
    const source = { kind: 'prometheus', name: 'p', url: 'http://p', isDefault: true, bearerEnv: 'T_TOKEN' };
    const through = inventoryFileSchema.parse({
      credentials: file.credentials.slice(0, 1),
      sources: [source],
      standaloneEdges: [edge],
    });
    expect(
      await missingPasswords(
        identifyInventory(through, null),
        environmentSecrets({}, {}, () => true),
      ),
    ).toEqual([
      'The token of source "p" is missing: the environment variable T_TOKEN is not set. What is read through it stays unknown.',
    ]);
  });
});
