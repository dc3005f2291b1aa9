import path from 'node:path';
import { systemClock } from '../../monitor/base/clock';
import { keychainSigner } from '../../monitor/proof/keychain-signer';
import { KnownKeysStore } from '../../monitor/proof/known-keys';
import { keychainCipher } from '../settings/keychain-cipher';

/** The app's own key, which the keychain protects, and those that its user trusts. `folder`: the user data. */
export function appKeys(folder: string): KnownKeysStore {
  const file = path.join(folder, 'trusted-keys.json');
  return new KnownKeysStore(
    file,
    () => keychainSigner(folder, keychainCipher),
    () => systemClock.nowMs(),
  );
}
