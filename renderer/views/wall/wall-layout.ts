import { layPages } from './wall-pages';
import { memoryInPlace, placeBlocks, type WallPage, type WallRoom } from './place-blocks';
import { isProblemForm, type ProblemFormName } from './problem-forms';
import type { QuietFormName } from './quiet-forms';
import { heightOf, memoryBlocks, problemBlock, quietBlock, type Block, type TileBlock } from './wall-blocks';
import { groupsOf, mostLarge, type WallContent, type WallGroups } from './wall-groups';
import { fitMemoryTile } from './wall-memory';
import type { TextWidth } from './wall-text';

/** One way to draw the groups, from generous to tight. */
interface Plan {
  first: ProblemFormName;
  second: ProblemFormName;
  quiet: QuietFormName;
}

const problemPlans: readonly Omit<Plan, 'quiet'>[] = [
  { first: 'large', second: 'large' },
  { first: 'large', second: 'medium' },
  { first: 'medium', second: 'medium' },
  { first: 'medium', second: 'compact' },
  { first: 'compact', second: 'compact' },
];
const quietPlans: readonly QuietFormName[] = ['card', 'triple', 'pair', 'line'];

const mostScale = 2;
const scaleSteps = 7;
/** The part of what tiles without a problem show at the smallest scale that must still be shown at a larger one. */
const leastPartsKept = 0.95;

/** What every plan is tried with. */
interface Sheet {
  groups: WallGroups;
  room: WallRoom;
  measure: TextWidth;
}

/** Blocks of one plan, and the one whose free place holds the outages that are over. */
interface Composed {
  blocks: Block[];
  host: TileBlock | null;
}

/**
 * Lays out the wall: problems as large as they fit, the others with as much as fits below them, and everything enlarged until
 * the height is used. What does not fit even in the smallest forms is shown on pages, with the worst problems on each.
 */
export function layWall(content: WallContent, room: WallRoom, measure: TextWidth): WallPage[] {
  const groups = groupsOf(content);
  const sheet: Sheet = { groups, room, measure };
  const plan = firstThatFits(sheet);
  if (plan === null) return layPages(groups, room, measure);
  const composed = composedAt(sheet, plan, largestScale(sheet, plan));
  const page = placeBlocks(composed.blocks, room);
  if (composed.host) page.memory = memoryInPlace(page, composed.host, groups.memory, measure);
  return page.tiles.length === 0 && page.memory === null ? [] : [page];
}

function firstThatFits(sheet: Sheet): Plan | null {
  const few = sheet.groups.first.length + sheet.groups.second.length <= mostLarge;
  for (const problems of problemPlans) {
    if (problems.second === 'large' && !few) continue;
    for (const quiet of quietPlans) {
      const plan = { ...problems, quiet };
      if (fits(sheet, plan, 1)) return plan;
    }
  }
  return null;
}

function fits(sheet: Sheet, plan: Plan, scale: number): boolean {
  return heightOf(composedAt(sheet, plan, scale).blocks) <= sheet.room.heightPx;
}

/** The largest type scale at which everything still fits and hardly any part is dropped, found by halving; 1 is known to fit. */
function largestScale(sheet: Sheet, plan: Plan): number {
  const { blocks } = composedAt(sheet, plan, 1);
  const shown = shownParts(blocks);
  let [least, most] = [1, mostScale];
  for (let step = 0; step < scaleSteps; step += 1) {
    const middle = (least + most) / 2;
    const larger = composedAt(sheet, plan, middle).blocks;
    const then = shownParts(larger);
    const keeps = then.problems >= shown.problems && then.quiet >= shown.quiet * leastPartsKept;
    if (keeps && heightOf(larger) <= sheet.room.heightPx) least = middle;
    else most = middle;
  }
  return least;
}

/** How many parts are shown besides names, states and reasons: running time, site, LB, spare. */
function shownParts(blocks: readonly Block[]): { problems: number; quiet: number } {
  const parts = { problems: 0, quiet: 0 };
  for (const block of blocks) {
    if (block.kind === 'memory') continue;
    for (const { show } of block.rows.flatMap(({ cells }) => cells)) {
      const count = [show.site, show.timer, show.lb, show.lbAge, show.spare].filter(Boolean).length;
      parts[isProblemForm(block.form) ? 'problems' : 'quiet'] += count;
    }
  }
  return parts;
}

/** The blocks of a plan, top to bottom. */
function composedAt({ groups, room, measure }: Sheet, plan: Plan, scale: number): Composed {
  const { widthPx } = room;
  const { banners, first, second, quiet, memory } = groups;
  // Problems of one form share their rows.
  const parts =
    plan.first === plan.second
      ? [{ form: plan.first, subjects: [...first, ...second] }]
      : [
          { form: plan.first, subjects: first },
          { form: plan.second, subjects: second },
        ];
  const tiles: TileBlock[] = [];
  for (const { form, subjects } of [
    { form: banners.length > 1 ? ('medium' as const) : ('large' as const), subjects: banners },
    ...parts,
  ]) {
    if (subjects.length === 0) continue;
    tiles.push(problemBlock(subjects, form, scale, widthPx, measure));
  }
  const last = tiles.at(-1) ?? null;
  const host = last !== null && hostsMemory(last, groups, measure) ? last : null;
  const strip = host === null ? memoryBlocks(memory, widthPx, measure) : [];
  const others = quiet.length === 0 ? [] : [quietBlock(quiet, plan.quiet, scale, widthPx, measure)];
  return { blocks: [...tiles, ...strip, ...others], host };
}

/** Whether the outages that are over fit in the free place of the last row, the first of them at least. */
function hostsMemory({ free, rows }: TileBlock, { memory }: WallGroups, measure: TextWidth): boolean {
  const heightPx = rows.at(-1)?.minHeightPx ?? 0;
  if (memory.length === 0 || free === null) return false;
  return fitMemoryTile(memory, { widthPx: free.widthPx, heightPx }, measure).shown > 0;
}
