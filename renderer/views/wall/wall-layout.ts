import { type Health, isProblem } from '../../../domain/model/health';

/** Tile sizes: the first three are for problems, the last two for the rest. */
export type TileSize = 'huge' | 'large' | 'medium' | 'full' | 'line';

export interface WallSection {
  size: TileSize;
  columns: number;
  tileHeightPx: number;
  ids: string[];
}

/** What the wall shows at one time, top to bottom. */
export interface WallPage {
  sections: WallSection[];
}

export interface WallSubject {
  id: string;
  health: Health;
}

/** The area for tiles, CSS pixels, without header and footer. */
export interface WallRoom {
  widthPx: number;
  heightPx: number;
}

export const tileGapPx = 10;

interface Measure {
  minWidthPx: number;
  minHeightPx: number;
  /** The height up to which a tile may grow. */
  maxHeightPx: number;
}

const measures: Record<TileSize, Measure> = {
  huge: { minWidthPx: 600, minHeightPx: 262, maxHeightPx: 380 },
  large: { minWidthPx: 430, minHeightPx: 178, maxHeightPx: 260 },
  medium: { minWidthPx: 300, minHeightPx: 112, maxHeightPx: 150 },
  full: { minWidthPx: 158, minHeightPx: 94, maxHeightPx: 170 },
  line: { minWidthPx: 128, minHeightPx: 34, maxHeightPx: 48 },
};

/** Plans from generous to tight: users cut off, other problems, the rest. */
const plans: readonly (readonly [TileSize, TileSize, TileSize])[] = [
  ['huge', 'large', 'full'],
  ['huge', 'medium', 'full'],
  ['large', 'medium', 'full'],
  ['large', 'medium', 'line'],
  ['medium', 'medium', 'line'],
  ['line', 'line', 'line'],
];

/** States in which users are or may be cut off; shown first and largest. */
const cutOff: ReadonlySet<Health> = new Set<Health>(['no-active-lb', 'split-brain', 'down']);

/**
 * Lays out clusters, given worst first, for a screen of this size. Uses the most generous plan that fits, stretched to fill
 * the screen. Clusters that do not fit even as lines are shown on alternating pages, with the problems on every page up to half
 * of the screen.
 */
export function layWall(clusters: readonly WallSubject[], room: WallRoom): WallPage[] {
  const groups = [
    clusters.filter(({ health }) => cutOff.has(health)),
    clusters.filter(({ health }) => isProblem(health) && !cutOff.has(health)),
    clusters.filter(({ health }) => !isProblem(health)),
  ].map((group) => group.map(({ id }) => id));
  for (const plan of plans) {
    const sections = sectionsOf(groups, plan, room);
    if (heightOf(sections) <= room.heightPx) return [{ sections: stretched(sections, room) }];
  }
  return takingTurns(groups, room);
}

function sectionsOf(groups: readonly string[][], plan: readonly TileSize[], room: WallRoom): WallSection[] {
  return groups.flatMap((ids, place) => {
    const size = plan[place];
    return size === undefined || ids.length === 0 ? [] : [sectionOf(ids, size, room)];
  });
}

function sectionOf(ids: string[], size: TileSize, room: WallRoom): WallSection {
  const { minHeightPx } = measures[size];
  const most = mostColumns(size, room);
  // Balanced rows: five tiles as three and two, not four and one.
  const rows = Math.ceil(ids.length / most);
  return { size, columns: Math.ceil(ids.length / rows), tileHeightPx: minHeightPx, ids };
}

function mostColumns(size: TileSize, { widthPx }: WallRoom): number {
  return Math.max(1, Math.floor((widthPx + tileGapPx) / (measures[size].minWidthPx + tileGapPx)));
}

function rowsOf({ ids, columns }: WallSection): number {
  return Math.ceil(ids.length / columns);
}

function heightOf(sections: readonly WallSection[]): number {
  const rows = sections.reduce((sum, section) => sum + rowsOf(section), 0);
  const tiles = sections.reduce((sum, section) => sum + rowsOf(section) * section.tileHeightPx, 0);
  return tiles + Math.max(0, rows - 1) * tileGapPx;
}

/** Distributes the remaining height over the tiles, up to their largest size. Few quiet tiles get fewer columns first. */
function stretched(sections: readonly WallSection[], room: WallRoom): WallSection[] {
  let grown = sections.map((section) => ({ ...section }));
  const last = grown.at(-1);
  if (last?.size === 'full') grown = [...grown.slice(0, -1), fewerColumns(last, grown, room)];
  const spare = room.heightPx - heightOf(grown);
  const wish = grown.reduce((sum, section) => sum + rowsOf(section) * growth(section), 0);
  const part = wish === 0 ? 0 : Math.min(1, spare / wish);
  return grown.map((section) => ({
    ...section,
    tileHeightPx: Math.floor(section.tileHeightPx + growth(section) * part),
  }));
}

function growth(section: WallSection): number {
  return measures[section.size].maxHeightPx - section.tileHeightPx;
}

function fewerColumns(section: WallSection, all: readonly WallSection[], room: WallRoom): WallSection {
  const others = all.filter((one) => one !== section);
  let best = section;
  for (let columns = section.columns - 1; columns >= 3; columns -= 1) {
    const candidate = { ...section, columns, tileHeightPx: 120 };
    if (heightOf([...others, candidate]) > room.heightPx) break;
    best = { ...candidate, tileHeightPx: section.tileHeightPx };
  }
  return best;
}

function takingTurns(groups: readonly string[][], room: WallRoom): WallPage[] {
  const [first = [], second = [], quiet = []] = groups;
  const { pinned, waiting } = pinnedProblems([...first, ...second], room);
  const left = room.heightPx - (pinned ? heightOf([pinned]) + tileGapPx : 0);
  const columns = mostColumns('line', room);
  const rows = Math.max(1, Math.floor((left + tileGapPx) / (measures.line.minHeightPx + tileGapPx)));
  const turning = [...waiting, ...quiet];
  const perPage = rows * columns;
  const pages = Math.max(1, Math.ceil(turning.length / perPage));
  return Array.from({ length: pages }, (_, page) => {
    const ids = turning.slice(page * perPage, (page + 1) * perPage);
    const lines = { size: 'line' as const, columns, tileHeightPx: measures.line.minHeightPx, ids };
    return { sections: [...(pinned ? [pinned] : []), ...(ids.length > 0 ? [lines] : [])] };
  });
}

/** The problems shown on every page, as large as half of the screen allows; the rest alternate with the others. */
function pinnedProblems(
  problems: string[],
  room: WallRoom,
): { pinned: WallSection | null; waiting: string[] } {
  if (problems.length === 0) return { pinned: null, waiting: [] };
  const half = room.heightPx / 2;
  for (const size of ['huge', 'large', 'medium', 'line'] as const) {
    const section = sectionOf(problems, size, room);
    if (heightOf([section]) <= half) return { pinned: section, waiting: [] };
  }
  const columns = mostColumns('line', room);
  const rows = Math.max(1, Math.floor((half + tileGapPx) / (measures.line.minHeightPx + tileGapPx)));
  const pinned = sectionOf(problems.slice(0, rows * columns), 'line', room);
  return { pinned, waiting: problems.slice(rows * columns) };
}
