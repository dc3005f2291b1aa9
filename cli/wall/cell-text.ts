import stringWidth from 'string-width';

/** Longer texts of a file are cut before anything measures them. */
const mostCharacters = 500;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const plainAscii = /^[\x20-\x7e]*$/;
/** Characters of one code unit and one cell: Latin letters without marks, and what Heron itself draws. */
const plainNarrow = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2013\u2014\u2018-\u201d\u2026\u2500-\u25fc]*$/;
/** Controls, formatting and reversing characters, private use, unassigned code points and line separators. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu;
/** Blank characters that have a width and look like nothing. */
const blanks = /[\u115f\u1160\u2800\u3164\uffa0]/g;
const manyMarks = /(\p{M}{3})\p{M}+/gu;
/** Letters of scripts that are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const leftToRightMark = '\u200e';
const letters: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '~',
  '×': 'x',
  '·': '.',
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  æ: 'ae',
  Æ: 'AE',
  đ: 'd',
  ı: 'i',
  œ: 'oe',
  '°': 'o',
};

/**
 * A text from anywhere as it may stand in one line of a terminal: no character of it can move the cursor, reverse or hide what is
 * around it, or pile marks over other lines. `ascii`: in ASCII, with `?` for what has no likeness there.
 */
export function cellText(text: string, ascii: boolean): string {
  if (plainAscii.test(text)) return text.length > mostCharacters ? text.slice(0, mostCharacters) : text;
  const safe = Array.from(text.slice(0, mostCharacters * 4))
    .slice(0, mostCharacters)
    .join('')
    .replaceAll(unprintable, escaped)
    .replaceAll(blanks, ' ')
    .replaceAll(manyMarks, '$1')
    .replace(/^(?=\p{M})/u, ' ');
  if (ascii) return inAscii(safe);
  // The mark ends the reversed part, so that the columns behind it keep their order.
  return rightToLeft.test(safe) ? safe + leftToRightMark : safe;
}

function escaped(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
}

function inAscii(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return Array.from(plain, (one) => (plainAscii.test(one) ? one : (letters[one] ?? '?'))).join('');
}

/** How many cells a text takes. */
export function widthOf(text: string): number {
  return plainNarrow.test(text) ? text.length : stringWidth(text);
}

/** The text in exactly `width` cells: padded with blanks, or cut with a mark at its end. */
export function fitted(text: string, width: number, ascii: boolean): string {
  if (width <= 0) return '';
  const own = widthOf(text);
  if (own <= width) return text + ' '.repeat(width - own);
  const { head, cells } = headOf(text, width - 1);
  return head + (ascii ? '~' : '…') + ' '.repeat(width - 1 - cells);
}

/** The same, to the right. */
export function fittedRight(text: string, width: number, ascii: boolean): string {
  const own = widthOf(text);
  return own < width ? ' '.repeat(width - own) + text : fitted(text, width, ascii);
}

/** The beginning of a text that fits. */
function headOf(text: string, width: number): { head: string; cells: number } {
  if (plainNarrow.test(text)) return { head: text.slice(0, width), cells: Math.min(width, text.length) };
  let [head, cells] = ['', 0];
  for (const { segment } of graphemes.segment(text)) {
    const next = widthOf(segment);
    if (cells + next > width) break;
    head += segment;
    cells += next;
  }
  return { head, cells };
}

/** The text in lines of at most `width` cells, broken between words; at most `most` lines, the last one cut. */
export function wrapped(text: string, width: number, most: number, ascii: boolean): string[] {
  const lines: string[] = [];
  let line = '';
  const words = text.split(/ +/).filter((word) => word !== '');
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === most - 1) {
      const rest = [line, ...words.slice(index)].filter((part) => part !== '').join(' ');
      return [...lines, fitted(rest, width, ascii).trimEnd()];
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > width && lines.length < most - 1) {
      const { head } = headOf(line, width);
      if (head === '') break;
      lines.push(head);
      line = line.slice(head.length);
    }
    if (widthOf(line) > width) return [...lines, fitted(line, width, ascii).trimEnd()];
  }
  return line === '' ? lines : [...lines, line];
}
