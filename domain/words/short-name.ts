import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A name in at most `most` columns of a fixed-width font. Without room for all of it the middle is left out, as names of one site differ at
 * their ends.
 */
export function shortName(name: string, most: number): string {
  if (stringWidth(name) <= most) return name;
  const letters = [...graphemes.segment(name)].map(({ segment }) => segment);
  const endColumns = Math.floor(most * 0.4);
  const end = fitting(letters.toReversed(), endColumns).toReversed();
  return `${fitting(letters, most - endColumns - 1).join('')}…${end.join('')}`;
}

function fitting(letters: readonly string[], most: number): string[] {
  const found: string[] = [];
  let used = 0;
  for (const letter of letters) {
    used += stringWidth(letter);
    if (used > most) break;
    found.push(letter);
  }
  return found;
}
