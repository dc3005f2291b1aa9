import type { BadRecord, Check } from './check';

/** What a verification found, as the verdict needs it. */
export interface Examined {
  checks: readonly Check[];
  /** The last signature: when, and by the key with this fingerprint. Null: nothing is signed. */
  signed: { atMs: number; key: string } | null;
  /** The fingerprint of a trusted key that signed, or that vouches for the key that signed. Null: no trusted key does. */
  trustedKey: string | null;
  /** Where the proven time begins: the start of the history or of the incident file's range. */
  fromMs: number;
}

/**
 * - `verified`: every row of every provable table is in a seal or signature of a trusted key, and nothing is open.
 * - `verified-up-to`: so is everything recorded up to `upToMs`; what came later is not proven.
 * - `not-verified`: a record is not what was sealed, or no trusted key signed.
 */
export type Verdict = {
  /** What is not proven, one sentence each; empty when everything is. */
  unproven: string[];
  /** Fingerprint of the key that signed last; null: nothing is signed. */
  signedBy: string | null;
} & (
  | { word: 'verified'; signedAtMs: number }
  | { word: 'verified-up-to'; upToMs: number }
  | { word: 'not-verified'; why: 'bad-record'; bad: BadRecord }
  | { word: 'not-verified'; why: 'unsigned' | 'unknown-key' | 'nothing-proven' }
);

/** The one verdict on a file. The command line, the window and the maker of incident files all show this one. */
export function verdictOf({ checks, signed, trustedKey, fromMs }: Examined): Verdict {
  const open = checks.filter(({ result }) => result === 'open');
  const unproven = open.map(({ name, words }) => `${name}: ${words}`);
  const common = { unproven, signedBy: signed?.key ?? null };
  const bad = checks.find((check) => check.bad !== null)?.bad;
  if (bad) return { ...common, word: 'not-verified', why: 'bad-record', bad };
  if (signed === null) return { ...common, word: 'not-verified', why: 'unsigned' };
  if (trustedKey === null) return { ...common, word: 'not-verified', why: 'unknown-key' };
  if (open.length === 0) return { ...common, word: 'verified', signedAtMs: signed.atMs };
  const upToMs = Math.min(signed.atMs, ...open.map(({ openFromMs }) => openFromMs ?? Infinity));
  if (upToMs <= fromMs) return { ...common, word: 'not-verified', why: 'nothing-proven' };
  return { ...common, word: 'verified-up-to', upToMs };
}

/** The exit code of `heron audit verify`: 0 only when everything is proven by a trusted key. */
export function verdictExitCode(verdict: Verdict): 0 | 1 | 3 {
  return verdict.word === 'verified' ? 0 : verdict.word === 'verified-up-to' ? 3 : 1;
}
