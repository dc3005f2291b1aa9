import type { Anchor } from '../chain/anchor';

/** What the reader of a file knows that its writer could not alter. */
export interface Reader {
  /** Fingerprint of the key that must have signed; null: none is required. */
  key: string | null;
  /** Fingerprints of the keys that the reader trusts. */
  trusted: readonly string[];
  anchor: Anchor | null;
}
