import type { KeyBody, SignatureBody } from '../chain/ledger-entry';
import { fingerprintOf, headText, isSignedBy, keyChangeText } from '../chain/signed-text';
import type { Findings } from './findings';

/** The last signature of a ledger. */
export interface LastSignature {
  /** The row that holds the signature, and the last row it signs. */
  rowId: number;
  ledgerId: number;
  atMs: number;
  key: string;
}

interface KnownKey {
  ledgerId: number;
  publicKey: string;
  fingerprint: string;
  /** The key before it vouched for it, or it is the first. */
  vouchedFor: boolean;
}

/** Follows the keys of a ledger and its signatures, row by row. */
export class KeyCheck {
  private readonly keys: KnownKey[] = [];
  private signed: LastSignature | null = null;
  private trusted: string | null = null;

  constructor(
    private readonly historyId: string,
    private readonly findings: Findings,
  ) {}

  /** The last signature that the keys confirm; null: none. */
  get lastSignature(): LastSignature | null {
    return this.signed;
  }

  /** A row of kind `key`. */
  enter(ledgerId: number, { publicKey, previousKey, endorsement }: KeyBody): void {
    this.findings.count('keys');
    const before = this.keys.at(-1);
    const fingerprint = fingerprintOf(publicKey);
    if (previousKey !== (before?.fingerprint ?? null))
      this.bad('keys', ledgerId, 'names another key as the one before it than the ledger has');
    const vouchedFor =
      before === undefined ||
      (endorsement !== null &&
        isSignedBy(
          before.publicKey,
          keyChangeText(this.historyId, before.fingerprint, publicKey),
          endorsement,
        ));
    this.keys.push({ ledgerId, publicKey, fingerprint, vouchedFor });
  }

  /** A row of kind `signature`. `ledgerHashAt` returns the hash of a ledger row, or null. */
  signature(
    ledgerId: number,
    atMs: number,
    body: SignatureBody,
    ledgerHashAt: (id: number) => string | null,
  ): void {
    const key = this.keys.at(-1);
    if (key?.fingerprint !== body.key)
      return this.bad('signatures', ledgerId, 'is by a key that does not sign at this place');
    const text = headText({ historyId: this.historyId, atMs, ledger: body.ledger, events: body.events });
    if (!isSignedBy(key.publicKey, text, body.signature))
      return this.bad('signatures', ledgerId, `is not the signature of the key ${body.key}`);
    if (body.ledger.id >= ledgerId || ledgerHashAt(body.ledger.id) !== body.ledger.hash)
      return this.bad('signatures', ledgerId, `signs a ledger whose row ${body.ledger.id} was another one`);
    // An older signature entered once more would hide what came between.
    if (this.signed !== null && body.ledger.id < this.signed.ledgerId)
      return this.bad('signatures', ledgerId, `signs less than row ${this.signed.rowId}: it is an older one`);
    this.findings.count('signatures');
    this.signed = { rowId: ledgerId, ledgerId: body.ledger.id, atMs, key: body.key };
  }

  /** The trusted key that signed last, or from which an unbroken line of endorsements leads to the one that did; null: none. */
  get trustedKey(): string | null {
    return this.trusted;
  }

  /**
   * After the last row. `expected`: the fingerprint that the reader gave, which is then required; null: none was given. `trusted`:
   * fingerprints that the reader trusts.
   */
  conclude(expected: string | null, trusted: readonly string[] = []): void {
    // A key that is only entered proves nothing, as its public half is no secret: it must lead to the one that signed last.
    const signer = this.keys.findLastIndex((key) => key.fingerprint === this.signed?.key);
    this.trusted = this.signed && this.vouchingFor(this.signed.key, expected === null ? trusted : [expected]);
    const last = this.keys.at(-1);
    if (expected !== null && this.trusted === null) this.notExpected(expected, signer);
    else if (this.trusted === null) this.firstStranger(1);
    else this.firstStranger(signer + 1);
    if (last) this.findings.note('keys', `Signed by ${this.signed?.key ?? 'none of them'}.`);
    else this.findings.leftOpen('keys', 'No key signs this history.');
  }

  /** The last of the `wanted` keys from which an unbroken line of endorsements leads to `fingerprint`; null: none. */
  vouchingFor(fingerprint: string, wanted: readonly string[]): string | null {
    const signer = this.keys.findLastIndex((key) => key.fingerprint === fingerprint);
    const vouching = this.keys
      .slice(0, signer + 1)
      .filter((_key, index) => this.isVouchedFrom(index, signer));
    return vouching.findLast((key) => wanted.includes(key.fingerprint))?.fingerprint ?? null;
  }

  /** Whether each key after `index`, up to and including `signer`, is endorsed by the one before it. */
  private isVouchedFrom(index: number, signer: number): boolean {
    return this.keys.slice(index + 1, signer + 1).every((key) => key.vouchedFor);
  }

  private notExpected(expected: string, signer: number): void {
    const index = this.keys.findLastIndex((key) => key.fingerprint === expected);
    if (index >= 0 && index < signer) return this.firstStranger(index + 1);
    const entered = this.keys[index];
    const by = this.keys[signer]?.fingerprint;
    const words = entered
      ? `the expected key ${expected} is entered here and signed nothing that is last: ${by ?? 'no key'} signs this history`
      : by === undefined
        ? `no key signs this history, and ${expected} was expected`
        : `the key ${by} signs this history, not the expected ${expected}: it was sealed by another`;
    const place = entered ?? this.keys[0];
    this.findings.found('keys', {
      table: 'ledger',
      id: place?.ledgerId ?? null,
      words: place ? `Ledger row ${place.ledgerId}: ${words}.` : `Ledger: ${words}.`,
    });
  }

  /** The first key from `index` on that the key before it did not endorse. */
  private firstStranger(index: number): void {
    const stranger = this.keys.slice(index).find((key) => !key.vouchedFor);
    if (stranger)
      this.bad(
        'keys',
        stranger.ledgerId,
        `brings in the key ${stranger.fingerprint}, which the key before it did not sign`,
      );
  }

  /** Whether the row's key is among the ledger's. */
  knows(fingerprint: string): boolean {
    return this.keys.some((key) => key.fingerprint === fingerprint);
  }

  private bad(name: 'keys' | 'signatures', ledgerId: number, what: string): void {
    this.findings.found(name, { table: 'ledger', id: ledgerId, words: `Ledger row ${ledgerId} ${what}.` });
  }
}
