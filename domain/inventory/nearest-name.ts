/** The known name that `word` is most likely a misspelling of, or null. Case is ignored. */
export function nearestName(word: string, known: readonly string[]): string | null {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const name of known) {
    // The distance is at least the difference in length.
    if (Math.abs(name.length - word.length) > limit) continue;
    const distance = editDistance(word.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best ?? known.find((name) => isPartOf(word, name) || isPartOf(name, word)) ?? null;
}

/** Such as `gateway` in `defaultGateway`, or `lb` at the start of `lbIp`. */
function isPartOf(part: string, whole: string): boolean {
  const at = whole.toLowerCase().indexOf(part.toLowerCase());
  return part.length > 2 ? at >= 0 : part.length === 2 && at === 0;
}

/** The Levenshtein distance of two texts. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? a.length;
}
