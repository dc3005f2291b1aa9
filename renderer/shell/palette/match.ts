/**
 * Score of a fuzzy match, higher is better; null: no match. Every typed word must occur in the text: as a whole, as a word's
 * beginning, or as a subsequence ("fr2" matches "fra-02").
 */
export function matchScore(typed: string, text: string): number | null {
  const words = typed.toLocaleLowerCase('en').split(/\s+/).filter(Boolean);
  const within = text.toLocaleLowerCase('en');
  let sum = 0;
  for (const word of words) {
    const score = wordScore(word, within);
    if (score === null) return null;
    sum += score;
  }
  return sum - within.length / 1000;
}

function wordScore(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return 4;
  if (at > 0) return /[\s\-.:]/.test(text[at - 1] ?? '') ? 3 : 2;
  let from = 0;
  let skipped = 0;
  for (const letter of word) {
    const found = text.indexOf(letter, from);
    if (found < 0) return null;
    skipped += found - from;
    from = found + 1;
  }
  return 1 / (1 + skipped);
}
