import { linesOf, widthOf, type TextWidth } from './wall-text';

/** A cluster's outages that are over and were not acknowledged. */
export interface WallMemory {
  clusterId: string;
  name: string;
  /** "had no active LB for 1.8 to 4 s, 21:29". */
  words: string;
}

/** How many outages are shown where, and on how many lines. */
export interface FittedMemory {
  shown: number;
  heading: boolean;
  heightPx: number;
}

export const memoryText = {
  heading: 22,
  item: 24,
  lineHeight: 30,
  padY: 8,
  padX: 16,
  bracket: 40,
  button: 78,
  gap: 24,
} as const;
export const memoryHeading = 'Over, unacknowledged';

/** "and 3 more"; empty for none. */
export function moreWords(more: number): string {
  return more > 0 ? `and ${more} more` : '';
}

function itemWidth(item: WallMemory, measure: TextWidth): number {
  return (
    memoryText.bracket +
    memoryText.button +
    widthOf(measure, `${item.name} ${item.words}`, 600, memoryText.item)
  );
}

/** One line across the wall with as many outages as fit; the first one is always shown, on several lines if need be. */
export function fitMemoryStrip(
  memory: readonly WallMemory[],
  widthPx: number,
  measure: TextWidth,
): FittedMemory {
  const { padX, padY, gap, heading, item, lineHeight, bracket } = memoryText;
  const inner = widthPx - 2 * padX;
  const headingPx = widthOf(measure, memoryHeading, 600, heading) + gap;
  const more = (left: number): number =>
    left === 0 ? 0 : gap + widthOf(measure, moreWords(left), 400, item);
  for (let shown = memory.length; shown >= 1; shown -= 1) {
    const items = memory
      .slice(0, shown)
      .reduce((sum, one, index) => sum + itemWidth(one, measure) + (index > 0 ? gap : 0), 0);
    const needed = items + more(memory.length - shown);
    if (headingPx + needed <= inner) return { shown, heading: true, heightPx: lineHeight + 2 * padY };
    if (shown === 1 && needed <= inner) return { shown, heading: false, heightPx: lineHeight + 2 * padY };
  }
  const first = memory[0];
  if (!first) return { shown: 0, heading: false, heightPx: 0 };
  const room = inner - bracket - memoryText.button - more(memory.length - 1);
  const lines = linesOf(measure, `${first.name} ${first.words}`, 600, item, room);
  return { shown: 1, heading: false, heightPx: lines * lineHeight + 2 * padY };
}

/** As many outages as fit below each other in a tile of this size; none when not even the first one fits. */
export function fitMemoryTile(
  memory: readonly WallMemory[],
  size: { widthPx: number; heightPx: number },
  measure: TextWidth,
): FittedMemory {
  const { padX, padY, lineHeight, item, bracket } = memoryText;
  const inner = size.widthPx - 2 * padX - bracket - memoryText.button;
  const room = size.heightPx - 2 * padY - 2 * lineHeight;
  let used = 0;
  let shown = 0;
  for (const { name, words } of memory) {
    const lines = linesOf(measure, `${name} ${words}`, 600, item, inner);
    if (used + lines * lineHeight > room) break;
    used += lines * lineHeight;
    shown += 1;
  }
  return { shown, heading: true, heightPx: size.heightPx };
}
