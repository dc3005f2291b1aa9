import type Database from 'better-sqlite3';
import { genesisHash } from '../chain/event-chain';
import { HistoryError } from '../model/history-error';
import { keyBodySchema } from '../chain/ledger-entry';
import { LedgerWriter, type ChainHead } from '../chain/ledger-writer';
import { durably, syncLog } from './durable';
import { SealWriter } from './seal-writer';
import { fingerprintOf, headText, isSignedBy, keyChangeText, type ChainPlace } from '../chain/signed-text';
import type { EnteringKey, ProofState, SignedHead } from '../chain/signer';

interface CurrentKey {
  fingerprint: string;
  publicKey: string;
}

/** Seals, keys and signatures of one open history, in the writer's thread. */
export class HistoryProof {
  readonly ledger: LedgerWriter;
  readonly seals: SealWriter;

  constructor(
    private readonly db: Database.Database,
    private readonly historyId: string,
  ) {
    this.ledger = new LedgerWriter(db, historyId);
    this.seals = new SealWriter(db, historyId, this.ledger);
  }

  /** Where the chains end, on disk when it returns: an anchor may say so. */
  state(): ProofState {
    syncLog(this.db.name);
    const events = this.db
      .prepare<[], ChainHead>('SELECT id, hash FROM events ORDER BY id DESC LIMIT 1')
      .get();
    return {
      historyId: this.historyId,
      key: this.currentKey()?.fingerprint ?? null,
      ledger: placeOf(this.ledger.head()),
      events: placeOf(events ?? { id: 0, hash: genesisHash(this.historyId) }),
    };
  }

  /** Enters a key, which signs from now on, unless it is the current one. One transaction, on disk when it returns. */
  enterKey({ atMs, publicKey, endorsement }: EnteringKey): void {
    const enter = this.db.transaction(() => {
      const current = this.currentKey();
      if (current?.publicKey === publicKey) return;
      const previousKey = current?.fingerprint ?? null;
      if (endorsement !== null) {
        const endorsed =
          current !== null &&
          isSignedBy(
            current.publicKey,
            keyChangeText(this.historyId, current.fingerprint, publicKey),
            endorsement,
          );
        if (!endorsed) throw refused('The old key did not sign this change of keys.');
      }
      this.ledger.append(atMs, { kind: 'key', body: { publicKey, previousKey, endorsement } });
    });
    durably(this.db, () => enter.immediate());
  }

  /** Checks and enters a signature: everything in the ledger is valid when it is written. One transaction, on disk when it returns. */
  enterSignature({ atMs, ledger, events, key, signature }: SignedHead): void {
    const enter = this.db.transaction(() => {
      const current = this.currentKey();
      if (current?.fingerprint !== key) throw refused('This key is not the one that signs this history.');
      const text = headText({ historyId: this.historyId, atMs, ledger, events });
      if (!isSignedBy(current.publicKey, text, signature)) throw refused('The signature is not the key’s.');
      this.ledger.append(atMs, { kind: 'signature', body: { key, ledger, events, signature } });
    });
    durably(this.db, () => enter.immediate());
  }

  private currentKey(): CurrentKey | null {
    const row = this.db
      .prepare<[], { body: string }>("SELECT body FROM ledger WHERE kind = 'key' ORDER BY id DESC LIMIT 1")
      .get();
    if (!row) return null;
    const { publicKey } = keyBodySchema.parse(JSON.parse(row.body));
    return { publicKey, fingerprint: fingerprintOf(publicKey) };
  }
}

function placeOf({ id, hash }: ChainHead): ChainPlace {
  return { id, hash: hash.toString('hex') };
}

function refused(what: string): HistoryError {
  return new HistoryError({
    code: 'bad-request',
    what,
    where: 'the ledger of the history',
    todo: 'The history is kept, but not signed. Check who else signs it.',
  });
}
