import { blockHeight, heightOf, tileGapPx, type Block, type TileBlock } from './wall-blocks';
import type { ProblemFormName, ShownParts } from './problem-forms';
import type { QuietFormName } from './quiet-forms';
import { fitMemoryTile, type WallMemory } from './wall-memory';
import type { TextWidth } from './wall-text';

/** A rectangle in the area for tiles, in pixels of a 55-inch 1080p screen. */
export interface Place {
  xPx: number;
  yPx: number;
  widthPx: number;
  heightPx: number;
}

export interface PlacedTile extends Place {
  id: string;
  form: ProblemFormName | QuietFormName;
  /** The factor of all text sizes of its form. */
  scale: number;
  show: ShownParts;
}

export interface PlacedMemory extends Place {
  form: 'strip' | 'tile';
  shown: number;
  heading: boolean;
}

/** What the wall shows at one time. */
export interface WallPage {
  tiles: PlacedTile[];
  memory: PlacedMemory | null;
}

/** The area for tiles, in pixels of a 55-inch 1080p screen: without header and footer. */
export interface WallRoom {
  widthPx: number;
  heightPx: number;
}

/** Places blocks below each other and lets their rows grow, so that the whole height is used. */
export function placeBlocks(blocks: readonly Block[], room: WallRoom): WallPage {
  const page: WallPage = { tiles: [], memory: null };
  const rowsPx = blocks
    .flatMap((block) => (block.kind === 'tiles' ? block.rows : []))
    .reduce((sum, row) => sum + row.minHeightPx, 0);
  const spare = Math.max(0, room.heightPx - heightOf(blocks));
  const growth = rowsPx === 0 ? 1 : (rowsPx + spare) / rowsPx;
  let yPx = 0;
  for (const block of blocks) {
    if (block.kind === 'memory') {
      const { shown, heading, heightPx } = block.fitted;
      page.memory = { form: 'strip', shown, heading, xPx: 0, yPx, widthPx: room.widthPx, heightPx };
      yPx += heightPx + tileGapPx;
    } else {
      page.tiles.push(...placeRows(block, rowHeights(block, growth), yPx));
      yPx += blockHeight(block) + rowsHeight(block) * (growth - 1) + tileGapPx;
    }
  }
  return page;
}

function rowsHeight({ rows }: TileBlock): number {
  return rows.reduce((sum, row) => sum + row.minHeightPx, 0);
}

/** Equal rows where each is high enough then, otherwise each grows by the same factor. */
function rowHeights(block: TileBlock, growth: number): number[] {
  const equal = (rowsHeight(block) * growth) / Math.max(1, block.rows.length);
  const highest = Math.max(0, ...block.rows.map(({ minHeightPx }) => minHeightPx));
  return block.rows.map(({ minHeightPx }) => (highest <= equal ? equal : minHeightPx * growth));
}

function placeRows(block: TileBlock, heights: readonly number[], topPx: number): PlacedTile[] {
  const { form, scale, gapPx } = block;
  const tiles: PlacedTile[] = [];
  let yPx = topPx;
  for (const [index, row] of block.rows.entries()) {
    for (const { id, xPx, widthPx, rows, show } of row.cells) {
      const covered = heights.slice(index, index + rows);
      const heightPx = covered.reduce((sum, height) => sum + height, 0) + (covered.length - 1) * gapPx;
      tiles.push({ id, form, scale, show, xPx, yPx, widthPx, heightPx });
    }
    yPx += (heights[index] ?? 0) + gapPx;
  }
  return tiles;
}

/** The outages that are over in the free place of a block's last row, at the height it has there. */
export function memoryInPlace(
  page: WallPage,
  { free, rows }: TileBlock,
  memory: readonly WallMemory[],
  measure: TextWidth,
): PlacedMemory | null {
  const lastId = rows.at(-1)?.cells[0]?.id;
  const beside = page.tiles.find(({ id }) => id === lastId);
  if (free === null || beside === undefined) return null;
  const place = { xPx: free.xPx, widthPx: free.widthPx, yPx: beside.yPx, heightPx: beside.heightPx };
  const { shown, heading } = fitMemoryTile(memory, place, measure);
  return shown === 0 ? null : { ...place, form: 'tile', shown, heading };
}
