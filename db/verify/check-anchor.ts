import type Database from 'better-sqlite3';
import { anchorKey, type Anchor } from '../chain/anchor';
import { headText, isSignedBy } from '../chain/signed-text';
import type { Manifest } from '../file/manifest';
import type { Findings } from './findings';

/** What an anchor is held against. */
export interface AnchoredHistory {
  historyId: string;
  lastLedgerId: number;
  lastEventId: number;
  /** The hash of a row of either chain in hexadecimal, or null when there is no such row. */
  ledger(id: number): string | null;
  events(id: number): string | null;
  knowsKey(fingerprint: string): boolean;
}

/** Checks that this is the history the anchor was made of, and that it still holds all it held then. */
export function checkAnchor(anchor: Anchor, history: AnchoredHistory, findings: Findings): void {
  findings.count('anchor');
  const when = new Date(anchor.atMs).toISOString();
  const bad = (table: string, id: number | null, words: string): void =>
    findings.found('anchor', { table, id, words });
  if (anchor.historyId !== history.historyId)
    return bad('meta', null, `The anchor is of another history: its history-id is ${anchor.historyId}.`);
  for (const name of ['ledger', 'events'] as const) {
    const { id, hash } = anchor[name];
    const lastId = name === 'ledger' ? history.lastLedgerId : history.lastEventId;
    const word = name === 'ledger' ? 'Ledger row' : 'Event';
    if (id > lastId)
      return bad(
        name,
        lastId + 1,
        `${word} ${lastId + 1} is missing: on ${when} the history went on to ${id}. It was cut back to an earlier state.`,
      );
    if (id > 0 && history[name](id) !== hash)
      return bad(name, id, `${word} ${id} is not the one of ${when}: the history was made anew since.`);
  }
  checkItself(anchor, history, when, findings);
}

/** The anchor's own signature, by a key that the history knows. */
function checkItself(
  anchor: Anchor,
  history: Pick<AnchoredHistory, 'knowsKey'>,
  when: string,
  findings: Findings,
): void {
  const bad = (words: string): void => findings.found('anchor', { table: 'ledger', id: null, words });
  const key = anchorKey(anchor);
  if (key === null || anchor.publicKey === null || anchor.signature === null) {
    findings.note('anchor', `Of ${when}, ledger row ${anchor.ledger.id}; not signed.`);
    return;
  }
  if (!isSignedBy(anchor.publicKey, headText(anchor), anchor.signature))
    return bad('The anchor itself is not signed by the key it names.');
  if (!history.knowsKey(key)) return bad(`The anchor is signed by ${key}, a key this history does not know.`);
  findings.note('anchor', `Of ${when}, ledger row ${anchor.ledger.id}, signed by ${key}.`);
}

/**
 * Holds an incident file against an anchor of the history it was cut from. What the anchor names is there only if it is part of what was
 * cut out.
 */
export function checkAnchorOfExtract(
  db: Database.Database,
  anchor: Anchor,
  { historyId, redacted }: Manifest,
  knowsKey: (fingerprint: string) => boolean,
  findings: Findings,
): void {
  if (redacted) return findings.note('anchor', 'Not compared: a redacted file has a chain of its own.');
  findings.count('anchor');
  if (anchor.historyId !== historyId)
    return findings.found('anchor', {
      table: 'meta',
      words: `The anchor is of another history: its history-id is ${anchor.historyId}.`,
    });
  let compared = 0;
  for (const [name, sql] of [
    ['ledger', 'SELECT hash FROM ledger WHERE id = ?'],
    [
      'events',
      'SELECT hash FROM events WHERE id = @id UNION ALL SELECT hash FROM extract_links WHERE id = @id',
    ],
  ] as const) {
    const { id, hash } = anchor[name];
    const here = db
      .prepare<[unknown], Buffer>(sql)
      .pluck()
      .get(name === 'ledger' ? id : { id });
    if (here === undefined) continue;
    compared += 1;
    if (here.toString('hex') !== hash)
      findings.found('anchor', {
        table: name,
        id,
        words: `${name} row ${id} is not the one of the anchor: the history was made anew since.`,
      });
  }
  if (compared === 0) findings.note('anchor', 'Nothing that the anchor names is in this file.');
  checkItself(anchor, { knowsKey }, new Date(anchor.atMs).toISOString(), findings);
}
