/** The width of a text in em: as a multiple of its font size. The browser measures it; tests estimate it. */
export type TextWidth = (text: string, weight: 400 | 500 | 600) => number;

/** Rounding of glyph positions may widen a text by this much. */
const safety = 1.015;

/** The width of a text in the unit of `size`, with a margin for rounding. Empty texts have none. */
export function widthOf(measure: TextWidth, text: string, weight: 400 | 500 | 600, size: number): number {
  return text === '' ? 0 : measure(text, weight) * size * safety + 1;
}

/**
 * The number of lines a text takes when broken at spaces, as the browser breaks it, and within a word only where the word is
 * wider than the line.
 */
export function linesOf(
  measure: TextWidth,
  text: string,
  weight: 400 | 500 | 600,
  size: number,
  lineWidth: number,
): number {
  const words = text.split(' ').filter((word) => word !== '');
  if (words.length === 0) return 0;
  const space = measure('n n', weight) * size - measure('nn', weight) * size;
  let lines = 1;
  let used = 0;
  for (const word of words) {
    const width = widthOf(measure, word, weight, size);
    if (used > 0 && used + space + width <= lineWidth) {
      used += space + width;
      continue;
    }
    if (used > 0) lines += 1;
    if (width <= lineWidth) {
      used = width;
      continue;
    }
    // A character that does not fit leaves up to its own width unused at the end of each line.
    const usable = Math.max(lineWidth - size, size);
    const pieces = Math.ceil(width / usable);
    lines += pieces - 1;
    used = lineWidth;
  }
  return lines;
}

/** Digits as zeros, the widest ones: a running clock then keeps its width. */
export function steadyDigits(text: string): string {
  return text.replaceAll(/\d/g, '0');
}
