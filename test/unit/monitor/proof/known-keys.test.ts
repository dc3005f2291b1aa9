import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../../db/chain/signed-text';
import { KnownKeysStore, ownKeyName } from '../../../../monitor/proof/known-keys';
import { readTrustedKeys } from '../../../../monitor/proof/trusted-keys';
import { testSigner } from '../../../fixtures/history/test-signer';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const stranger = 'ab'.repeat(32);
const key = { fingerprint: stranger, name: 'Lab', from: 'read out on the phone' };
const signer = testSigner('this computer');
const own = fingerprintOf(signer.publicKey);

function store(signs = true) {
  const file = path.join(temporaryFolder(), 'trusted-keys.json');
  const by = signs ? { signer } : { signer: null, words: 'There is no keychain.' };
  return {
    file,
    keys: new KnownKeysStore(
      file,
      () => by,
      () => 5.4,
    ),
  };
}

describe('the known keys', () => {
  it('are this computer’s own and those that a person added, in the file that the command line uses', () => {
    const { file, keys } = store();
    expect(keys.list()).toEqual({ own, ownWords: '', trusted: [] });
    expect(keys.trust(key).trusted).toEqual([{ ...key, addedMs: 5 }]);
    expect(readTrustedKeys(file)).toEqual([{ ...key, addedMs: 5 }]);
    expect([...keys.names()]).toEqual([
      [stranger, 'Lab'],
      [own, ownKeyName],
    ]);
    expect(keys.distrust(stranger).trusted).toEqual([]);
    expect([...keys.names().keys()]).toEqual([own]);
  });

  it('have no own one where nothing can sign, and give the reason', () => {
    const { keys } = store(false);
    expect(keys.list()).toEqual({ own: null, ownWords: 'There is no keychain.', trusted: [] });
    expect(keys.names().size).toBe(0);
  });

  it('cannot give this computer’s own key another name', () => {
    const { keys } = store();
    keys.trust({ ...key, fingerprint: own });
    expect(keys.names().get(own)).toBe(ownKeyName);
  });

  it('are only the own one while the file is damaged, which is refused in words and not overwritten', () => {
    const { file, keys } = store();
    writeFileSync(file, '{"version": 1, "keys": [{}]}');
    expect([...keys.names().keys()]).toEqual([own]);
    for (const work of [() => keys.list(), () => keys.trust(key), () => keys.distrust(stranger)])
      expect(work).toThrow(/trusted-keys\.json.*Correct it/);
  });
});
