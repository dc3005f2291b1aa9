/** Letters that take the room of two. */
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;

/**
 * A name in at most `most` columns of a fixed-width font. Without room for all of it the middle is left out, as names of one site differ at
 * their ends.
 */
export function shortName(name: string, most: number): string {
  if (columnsOf(name) <= most) return name;
  const letters = [...name];
  const endColumns = Math.floor(most * 0.4);
  const end = fitting(letters.toReversed(), endColumns).toReversed();
  // A mark belongs to the letter before it, which was left out.
  while (/^\p{M}$/u.test(end[0] ?? '')) end.shift();
  return `${fitting(letters, most - endColumns - 1).join('')}…${end.join('')}`;
}

function fitting(letters: readonly string[], most: number): string[] {
  const found: string[] = [];
  let used = 0;
  for (const letter of letters) {
    used += columnsOf(letter);
    if (used > most) break;
    found.push(letter);
  }
  return found;
}

/** The columns of a fixed-width font that a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const letter of text) columns += wide.test(letter) ? 2 : /^\p{M}$/u.test(letter) ? 0 : 1;
  return columns;
}
