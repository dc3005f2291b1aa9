import type { HistoryProofStatus } from '../../domain/model/snapshot';
import { HistoryError } from '../model/history-error';
import type { WriterCalls } from '../workers/writer-calls';
import type { Anchor } from '../chain/anchor';
import { AnchorPublisher, type AnchorPlace } from './anchor-publisher';
import { fingerprintOf, headText, keyChangeText } from '../chain/signed-text';
import type { HistorySigner, SignerOrWhyNot } from '../chain/signer';

/** The signer and the anchor places of a history. */
export interface ProofOptions {
  signer: SignerOrWhyNot;
  anchors: readonly AnchorPlace[];
}

interface ProofServiceDependencies extends ProofOptions {
  ask<N extends 'proofState' | 'enterKey' | 'enterSignature'>(
    name: N,
    args: WriterCalls[N]['args'],
  ): Promise<WriterCalls[N]['result']>;
  nowMs(): number;
}

const retryMs = 60_000;

/**
 * Has each seal signed and anchored, one after another, from the main thread. The writer's thread supplies the heads to sign and
 * stores the signature; the key stays with the signer. Nothing rejects: a failure shows in the status, and is tried again.
 */
export class ProofService {
  private signing: Omit<HistoryProofStatus, 'anchors'> = {
    state: 'unsigned',
    words: 'Not signed yet.',
    signedMs: null,
  };
  private readonly places: readonly AnchorPublisher[];
  private turn: Promise<void> = Promise.resolve();
  private lastSealId = 0;
  private lastTryMs = 0;

  constructor(private readonly parts: ProofServiceDependencies) {
    this.places = parts.anchors.map((place) => new AnchorPublisher(place));
  }

  status(): HistoryProofStatus {
    const anchors = this.places.map((place) => place.standing());
    const words = anchors.flatMap(({ where, failure }) =>
      failure === null ? [] : [`The anchor of the history could not be kept at ${where}: ${failure}`],
    );
    if (this.signing.state === 'failing' || words.length === 0) return { ...this.signing, anchors };
    return { ...this.signing, state: 'failing', words: words.join(' '), anchors };
  }

  /** Call after a commit; `sealId` is the last seal. */
  committed(sealId: number): void {
    const retry = this.status().state === 'failing' && this.parts.nowMs() - this.lastTryMs >= retryMs;
    if (sealId === this.lastSealId && !retry) return;
    this.lastSealId = sealId;
    void this.sign();
  }

  /** Signs and anchors the current heads of the chains. Resolves when that is done, or has failed. */
  sign(): Promise<void> {
    this.turn = this.turn.then(() => this.signOnce());
    return this.turn;
  }

  private async signOnce(): Promise<void> {
    const { signer, nowMs } = this.parts;
    this.lastTryMs = nowMs();
    try {
      const anchor = signer.signer === null ? await this.unsigned() : await this.signedBy(signer.signer);
      this.signing =
        signer.signer === null
          ? { ...this.signing, state: 'unsigned', words: `The history is not signed: ${signer.words}` }
          : { state: 'signed', words: 'The history is signed.', signedMs: anchor.atMs };
      await Promise.all(this.places.map((place) => place.publish(anchor)));
    } catch (error) {
      const why = error instanceof HistoryError ? error.failure.what : String(error);
      this.signing = { ...this.signing, state: 'failing', words: `The history could not be signed: ${why}` };
    }
  }

  private async unsigned(): Promise<Anchor> {
    const { historyId, ledger, events } = await this.parts.ask('proofState', null);
    const head = { historyId, atMs: this.parts.nowMs(), ledger, events };
    return { format: 'heron-anchor-1', ...head, publicKey: null, signature: null };
  }

  private async signedBy(signer: HistorySigner): Promise<Anchor> {
    const { ask, nowMs } = this.parts;
    const key = fingerprintOf(signer.publicKey);
    let state = await ask('proofState', null);
    if (state.key !== key) {
      const endorsement =
        state.key === null
          ? null
          : await signer.signWithFormer(
              state.key,
              keyChangeText(state.historyId, state.key, signer.publicKey),
            );
      await ask('enterKey', { atMs: nowMs(), publicKey: signer.publicKey, endorsement });
      state = await ask('proofState', null);
    }
    const { historyId, ledger, events } = state;
    const head = { historyId, atMs: nowMs(), ledger, events };
    const signature = await signer.sign(headText(head));
    await ask('enterSignature', { atMs: head.atMs, ledger, events, key, signature });
    return { format: 'heron-anchor-1', ...head, publicKey: signer.publicKey, signature };
  }
}
