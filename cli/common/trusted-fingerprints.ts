import { readTrustedKeys } from '../../monitor/proof/trusted-keys';
import { trustedKeysFile } from './app-history';
import { UsageError } from './command-line';

/** Fingerprints of the keys that this user trusts. @throws UsageError when their file cannot be read. */
export function trustedFingerprints(): string[] {
  try {
    return readTrustedKeys(trustedKeysFile()).map(({ fingerprint }) => fingerprint);
  } catch (fault) {
    throw new UsageError(fault instanceof Error ? fault.message : String(fault));
  }
}
