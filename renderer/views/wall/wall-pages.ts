import { placeBlocks, type WallPage, type WallRoom } from './place-blocks';
import { heightOf, memoryBlocks, problemBlock, quietBlock, tileGapPx, type Block } from './wall-blocks';
import type { WallGroups } from './wall-groups';
import type { TextWidth } from './wall-text';
import type { WallSubject } from './wall-subject';

/** The part of the height that problems on every page may take when not all of them fit there. */
const pinnedPart = 0.35;
/** The same when all of them fit. */
const allPinnedPart = 0.7;

interface Sheet {
  room: WallRoom;
  measure: TextWidth;
}

/**
 * Pages in the smallest forms: banner, the worst problems and the outages that are over on each; then further problems and the
 * other clusters in turn.
 */
export function layPages(groups: WallGroups, room: WallRoom, measure: TextWidth): WallPage[] {
  const sheet: Sheet = { room, measure };
  const problems = [...groups.first, ...groups.second];
  const strip = memoryBlocks(groups.memory, room.widthPx, measure);
  const above = problemBlocks(groups.banners, sheet);
  const limitPx = (part: number): number => room.heightPx * part - heightOf([...above, ...strip]);
  const allFit = heightOf(problemBlocks(problems, sheet)) <= limitPx(allPinnedPart);
  // On a small screen the worst alone may need more than its part.
  const pinnedCount = allFit
    ? problems.length
    : Math.max(
        1,
        mostThatFit(problems, (some) => heightOf(problemBlocks(some, sheet)) <= limitPx(pinnedPart)),
      );
  const pinned = [...above, ...problemBlocks(problems.slice(0, pinnedCount), sheet)];
  const leftPx = room.heightPx - heightOf([...pinned, ...strip]) - tileGapPx;
  const turns = turnsOf(problems.slice(pinnedCount), groups.quiet, leftPx, sheet);
  if (turns.length === 0) turns.push([]);
  return turns.map((turn) => {
    const [more, others] = [ofKind(turn, 'problem'), ofKind(turn, 'quiet')];
    return placeBlocks(
      [...pinned, ...problemBlocks(more, sheet), ...strip, ...quietBlocks(others, sheet)],
      room,
    );
  });
}

interface Turning {
  kind: 'problem' | 'quiet';
  subject: WallSubject;
}

/** What is shown in turn: problems first, other clusters where they leave room and on pages of their own. */
function turnsOf(
  problems: readonly WallSubject[],
  quiet: readonly WallSubject[],
  heightPx: number,
  sheet: Sheet,
): Turning[][] {
  const turns: Turning[][] = [];
  let waiting: Turning[] = [
    ...problems.map((subject) => ({ kind: 'problem' as const, subject })),
    ...quiet.map((subject) => ({ kind: 'quiet' as const, subject })),
  ];
  const fitsIn = (some: readonly Turning[]): boolean => heightOf(turnBlocks(some, sheet)) <= heightPx;
  while (waiting.length > 0) {
    const count = Math.max(1, mostThatFit(waiting, fitsIn));
    turns.push(waiting.slice(0, count));
    waiting = waiting.slice(count);
  }
  return problems.length === 0 ? evenly(turns, fitsIn) : turns;
}

/** The same number of pages with about as many clusters on each, where that fits. */
function evenly(turns: Turning[][], fitsIn: (some: readonly Turning[]) => boolean): Turning[][] {
  const all = turns.flat();
  const each = Math.ceil(all.length / Math.max(1, turns.length));
  const even = turns.map((_, index) => all.slice(index * each, (index + 1) * each));
  return even.every((turn) => fitsIn(turn)) ? even : turns;
}

function turnBlocks(turn: readonly Turning[], sheet: Sheet): Block[] {
  return [...problemBlocks(ofKind(turn, 'problem'), sheet), ...quietBlocks(ofKind(turn, 'quiet'), sheet)];
}

function ofKind(turn: readonly Turning[], kind: Turning['kind']): WallSubject[] {
  return turn.filter((one) => one.kind === kind).map(({ subject }) => subject);
}

/** How many from the start fit, found by halving: more never need less height. */
function mostThatFit<T>(items: readonly T[], fits: (some: readonly T[]) => boolean): number {
  let [least, most] = [0, items.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(items.slice(0, middle))) least = middle;
    else most = middle - 1;
  }
  return least;
}

function problemBlocks(subjects: readonly WallSubject[], { room, measure }: Sheet): Block[] {
  return subjects.length === 0 ? [] : [problemBlock(subjects, 'compact', 1, room.widthPx, measure)];
}

function quietBlocks(subjects: readonly WallSubject[], { room, measure }: Sheet): Block[] {
  return subjects.length === 0 ? [] : [quietBlock(subjects, 'line', 1, room.widthPx, measure)];
}
