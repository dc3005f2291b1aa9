import type { KeyBody, SignatureBody } from '../chain/ledger-entry';
import { fingerprintOf, headText, isSignedBy, keyChangeText } from '../chain/signed-text';
import type { Findings } from './findings';

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
  /** The last ledger row that is signed, and when and by whom; null: none. */
  private signed: { ledgerId: number; atMs: number; key: string } | null = null;

  constructor(
    private readonly historyId: string,
    private readonly findings: Findings,
  ) {}

  get lastSignature(): KeyCheck['signed'] {
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
    this.findings.count('signatures');
    this.signed = { ledgerId: body.ledger.id, atMs, key: body.key };
  }

  /** After the last row. `expected`: the fingerprint that the reader trusts; null when none was named. */
  conclude(expected: string | null): void {
    const trusted = expected === null ? 0 : this.keys.findIndex((key) => key.fingerprint === expected);
    const [first] = this.keys;
    if (expected !== null && trusted < 0) {
      const words = first
        ? `the key ${this.keys.at(-1)?.fingerprint ?? ''} signs this history, not the expected ${expected}: it was sealed by another`
        : `no key signs this history, and ${expected} was expected`;
      this.findings.found('keys', {
        table: 'ledger',
        id: first?.ledgerId ?? null,
        words: first ? `Ledger row ${first.ledgerId}: ${words}.` : `Ledger: ${words}.`,
      });
      return;
    }
    const stranger = this.keys.slice(trusted + 1).find((key) => !key.vouchedFor);
    if (stranger)
      this.bad(
        'keys',
        stranger.ledgerId,
        `brings in the key ${stranger.fingerprint}, which the key before it did not sign`,
      );
    const now = this.keys.at(-1);
    if (now) this.findings.note('keys', `Signed by ${now.fingerprint}.`);
    else this.findings.leftOpen('keys', 'No key signs this history.');
  }

  /** Whether the row's key is among the ledger's. */
  knows(fingerprint: string): boolean {
    return this.keys.some((key) => key.fingerprint === fingerprint);
  }

  private bad(name: 'keys' | 'signatures', ledgerId: number, what: string): void {
    this.findings.found(name, { table: 'ledger', id: ledgerId, words: `Ledger row ${ledgerId} ${what}.` });
  }
}
