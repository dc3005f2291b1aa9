import { fingerprintOf } from '../../db/chain/signed-text';
import type { SignerOrWhyNot } from '../../db/chain/signer';
import type { KnownKeys, NewTrustedKey } from '../../domain/proof/trusted-key';
import { RequestRefused } from '../../domain/contract/request-refused';
import { distrustKey, readTrustedKeys, trustKey } from './trusted-keys';

/** The name of this computer's own key in sentences. */
export const ownKeyName = 'this computer’s key';

/** The keys whose signatures count on this computer: its own, which needs no entry, and those in the file of trusted keys. */
export class KnownKeysStore {
  /** `signer`: this computer's, read at each use. */
  constructor(
    private readonly file: string,
    readonly signer: () => SignerOrWhyNot,
    private readonly nowMs: () => number,
  ) {}

  /** @throws RequestRefused when the file of trusted keys cannot be read */
  list(): KnownKeys {
    const own = this.signer();
    return {
      own: own.signer === null ? null : fingerprintOf(own.signer.publicKey),
      ownWords: own.signer === null ? own.words : '',
      trusted: this.attempt(() => readTrustedKeys(this.file)),
    };
  }

  /** Adds a key, or renames a trusted one. @throws RequestRefused */
  trust(key: NewTrustedKey): KnownKeys {
    this.attempt(() => trustKey(this.file, { ...key, addedMs: Math.round(this.nowMs()) }));
    return this.list();
  }

  /** @throws RequestRefused */
  distrust(fingerprint: string): KnownKeys {
    this.attempt(() => distrustKey(this.file, fingerprint));
    return this.list();
  }

  /** The name of each key whose signature counts, by fingerprint. Where the file cannot be read, only this computer's. */
  names(): Map<string, string> {
    const names = new Map<string, string>();
    try {
      for (const { fingerprint, name } of readTrustedKeys(this.file)) names.set(fingerprint, name);
    } catch {
      // Settings show why. Trusting fewer keys can only make a verdict weaker.
    }
    const { signer } = this.signer();
    if (signer !== null) names.set(fingerprintOf(signer.publicKey), ownKeyName);
    return names;
  }

  private attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (fault) {
      throw new RequestRefused({
        what: fault instanceof Error ? fault.message : String(fault),
        where: this.file,
        todo: 'Until then no key but this computer’s is trusted.',
      });
    }
  }
}
