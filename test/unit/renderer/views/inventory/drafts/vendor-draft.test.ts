import { describe, expect, it } from 'vitest';
import type { VendorSettings } from '../../../../../../domain/vendor/vendor-settings';
import { newCredentialDraft } from '../../../../../../renderer/views/inventory/drafts/credential-draft';
import {
  credentialChoices,
  draftOfSource,
  newIndex,
  newRule,
  sourceOfDraft,
} from '../../../../../../renderer/views/inventory/drafts/vendor-draft';

const settings: VendorSettings = {
  source: {
    vanity: 'acme',
    cloud: 'two',
    clientId: 'client-1',
    clientSecretSecret: 'vendor/client secret',
    rules: [
      {
        name: 'fra-*',
        site: 'Frankfurt',
        management: { subnet: '10.200.0.0/24' },
        credential: 'noc',
        http: true,
      },
      { subnet: '10.30.0.0/16', management: { host: '{name}.example.net' }, credential: 'noc', http: false },
      { management: 'proxy', http: true },
    ],
    credentials: [{ name: 'noc', version: '2c', communitySecret: 'noc community' }],
  },
  addresses: { tokenUrl: 'https://a.example/token', apiUrl: 'https://a.example/api' },
  schedule: { everyHours: 6, appliesItself: true },
};
const { credentials } = settings.source;
const noInventory = { credentials: [], clusters: [], standaloneEdges: [] };

describe('the draft of an inventory source', () => {
  it('means the settings that it was made of', () => {
    const { settings: same, faults } = sourceOfDraft(draftOfSource(settings, true), [], credentials);
    expect(faults).toEqual([]);
    expect(same).toEqual(settings);
  });

  it('names each field that is missing or wrong by its path', () => {
    const draft = draftOfSource(null, true);
    Object.assign(draft, { everyHours: '999', tokenUrl: 'http://example.net', apiUrl: '' });
    draft.rules = [
      { ...newRule(), subnet: '10.20.0.1/24' },
      { ...newRule(), where: 'host', whereValue: 'x' },
    ];
    const { settings: none, faults } = sourceOfDraft(draft, [], []);
    expect(none).toBeNull();
    expect(faults.map(({ path }) => path.join('.')).sort()).toEqual([
      'apiUrl',
      'clientId',
      'everyHours',
      'rules.0.subnet',
      'rules.1.whereValue',
      'secret.value',
      'tokenUrl',
      'vanity',
    ]);
  });

  it('brings a new credential, without its password', () => {
    const added = newCredentialDraft(noInventory, true);
    Object.assign(added, { user: 'noc' });
    Object.assign(added.auth, { value: 'a-password' });
    const draft = draftOfSource(settings, true);
    draft.rules = [{ ...newRule(), credential: 'new 0' }];
    const { settings: made } = sourceOfDraft(draft, [added], credentials);
    expect(made?.source.rules).toEqual([{ management: 'proxy', credential: 'noc', http: true }]);
    expect(made?.source.credentials.map(({ name, version }) => `${name} ${version}`)).toEqual(['noc 3']);
    expect(JSON.stringify(made)).not.toContain('a-password');
  });

  it('reads the secret from Heron’s variables only', () => {
    const draft = draftOfSource(settings, true);
    Object.assign(draft.secret, { from: 'environment', variable: 'AWS_SECRET' });
    expect(sourceOfDraft(draft, [], credentials).faults.map(({ path }) => path)).toEqual([
      ['secret', 'variable'],
    ]);
    Object.assign(draft.secret, { variable: 'HERON_VENDOR_SECRET' });
    expect(sourceOfDraft(draft, [], credentials).settings?.source).toMatchObject({
      clientSecretEnv: 'HERON_VENDOR_SECRET',
    });
  });

  it('offers one more new credential than there are', () => {
    const choices = credentialChoices(['noc'], [newCredentialDraft(noInventory, true)]);
    expect(choices.map(({ id }) => id)).toEqual(['', 'noc', 'new 0', 'new 1']);
    expect(newIndex('new 1')).toBe(1);
    expect(newIndex('noc')).toBeNull();
  });
});
