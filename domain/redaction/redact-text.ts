import { addressAt, matchAt, type FoundAddress } from './address-texts';
import { vocabulary } from './vocabulary';

/** Replaces a word that may be a name. */
export const leftOut = '(…)';

const moment =
  /(?:\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?|(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d{1,9})?)?Z?)(?![\p{L}\p{N}_:])/uy;
const amount =
  /\d{1,6}(?:[.,]\d{1,6}){0,3}(?:ms|µs|us|s|min|m|h|d|k|[kmgt]?b(?:\/s)?|x|st|nd|rd|th)?(?![\p{L}\p{N}_]|[-.:@/\\=]+[\p{L}\p{N}_])/iuy;
const compound = /[\p{L}\p{N}\p{M}_]+(?:[-._@/\\:=%+~#]+[\p{L}\p{N}\p{M}_]+|[’'][\p{L}\p{M}]+)*/uy;
const part = /[\p{L}\p{N}\p{M}_]+(?:[’'][\p{L}\p{M}]+)?/gu;
const wordCharacter = /[\p{L}\p{N}\p{M}_]/u;
const mark = /[\s!-~–—’‘“”…·×→≤≥°€§µ]/u;

/** What a redactor knows: pseudonyms of names and of addresses. */
export interface Known {
  /** The longest name that begins at a place: its length there, and its pseudonym. */
  nameAt(text: string, at: number): { length: number; pseudonym: string } | null;
  address(found: FoundAddress): string;
}

/**
 * A text with every name and every address replaced by its pseudonym. Times and amounts stay; so do the words of Heron's own
 * sentences. Any other word may be a name, and is left out.
 */
export function redactText(text: string, known: Known): string {
  let redacted = '';
  let at = 0;
  while (at < text.length) {
    const [length, made] = pieceAt(text, at, known);
    // Adjacent words that are left out are one.
    if (!(made === leftOut && redacted.trimEnd().endsWith(leftOut))) redacted += made;
    at += length;
  }
  return redacted;
}

function pieceAt(text: string, at: number, known: Known): [length: number, made: string] {
  const time = matchAt(moment, text, at);
  if (time !== null) return [time.length, time];
  const address = addressAt(text, at);
  const name = known.nameAt(text, at);
  // The beginning of a name such as `facade00-01` looks like an identifier.
  if (address !== null && address.length >= (name?.length ?? 0))
    return [address.length, known.address(address)];
  if (name !== null) return [name.length, name.pseudonym];
  const number = matchAt(amount, text, at);
  if (number !== null) return [number.length, number];
  const words = matchAt(compound, text, at);
  if (words !== null) return [words.length, isHarmless(words) ? words : leftOut];
  const character = String.fromCodePoint(text.codePointAt(at) ?? 32);
  return [character.length, mark.test(character) ? character : ''];
}

/** Whether Heron may have written it: words of its sentences, joined by hyphens or similar. A host name, an account or a path is not. */
export function isHarmless(words: string): boolean {
  if (/[@\\~#]|:\/\/|\p{L}\.\p{L}/u.test(words)) return false;
  return (words.match(part) ?? []).every(
    (one) => /^\d{1,4}$/.test(one) || vocabulary.has(one.toLowerCase().replace('’', "'")),
  );
}

/** Whether a place is the end of a word, so that a name that ends there is not a part of a longer one. */
export function endsWord(text: string, at: number): boolean {
  const next = text.slice(at, at + 2);
  return next === '' || !wordCharacter.test(String.fromCodePoint(next.codePointAt(0) ?? 32));
}
