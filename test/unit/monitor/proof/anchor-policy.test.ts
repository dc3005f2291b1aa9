import { describe, expect, it } from 'vitest';
import { forbiddenAnchorFile, forbiddenAnchorUrl } from '../../../../monitor/proof/anchor-policy';

describe('an anchor that the policy of this computer forbids', () => {
  it.each([
    ['/mnt/vault/a.json', null],
    ['/mnt/vault/noc/a.json', null],
    ['/mnt/vault', 'Your administrator allows /mnt/vault.'],
    ['/mnt/vault/../home/a.json', 'no anchors in /mnt/home'],
    ['/mnt/vaults/a.json', 'no anchors in /mnt/vaults'],
  ])('in the file %s: %s', (file, words) => {
    const found = forbiddenAnchorFile(file, { anchors: { folders: ['/mnt/vault'] } });
    if (words === null) expect(found).toBeNull();
    else expect(found).toContain(words);
  });

  it('at a URL is named without user and password', () => {
    const url = new URL('https://noc:secret@elsewhere.example:8443/a');
    const words = forbiddenAnchorUrl(url, { anchors: { hosts: ['vault.example'] } });
    expect(words).toContain('elsewhere.example:8443');
    expect(words).not.toContain('secret');
    expect(forbiddenAnchorUrl(url, { anchors: { hosts: ['elsewhere.example'] } })).toBeNull();
    expect(forbiddenAnchorUrl(url, {})).toBeNull();
    expect(forbiddenAnchorUrl(url, { anchors: { hosts: [] } })).toContain('allows none');
  });
});
