import { fitProblem, problemForms, type ProblemFormName, type ShownParts } from './problem-forms';
import { packQuiet } from './pack-quiet';
import { quietForms, quietHeight, type QuietFormName } from './quiet-forms';
import { fitMemoryStrip, type FittedMemory, type WallMemory } from './wall-memory';
import type { TextWidth } from './wall-text';
import type { WallSubject } from './wall-subject';

/** Between tiles and between blocks, pixels of a 55-inch 1080p screen. */
export const tileGapPx = 8;

interface Cell {
  id: string;
  xPx: number;
  widthPx: number;
  rows: number;
  show: ShownParts;
}

interface Row {
  minHeightPx: number;
  cells: Cell[];
}

/** Rows of tiles of one form, across the whole width. */
export interface TileBlock {
  kind: 'tiles';
  form: ProblemFormName | QuietFormName;
  scale: number;
  gapPx: number;
  rows: Row[];
  /** The place after the last tile, where its row has one. */
  free: { xPx: number; widthPx: number } | null;
}

/** The outages that are over, on one strip. */
export interface MemoryBlock {
  kind: 'memory';
  fitted: FittedMemory;
}

export type Block = TileBlock | MemoryBlock;

/** Most problems must show their running time, or the tile is too narrow for its form. */
const leastWithTimer = 0.7;
/** More columns must save this part of the height: wide tiles read better. */
const leastSaving = 0.08;

/** Problems in rows, in the number of columns that needs the least height. */
export function problemBlock(
  subjects: readonly WallSubject[],
  form: ProblemFormName,
  scale: number,
  widthPx: number,
  measure: TextWidth,
): TileBlock {
  let best = problemsInColumns(subjects, { form, scale, columns: 1, widthPx, measure });
  const wanted = subjects.filter(({ timer }) => timer !== '').length * leastWithTimer;
  const most = Math.floor((widthPx + tileGapPx) / (problemForms[form].leastWidth + tileGapPx));
  for (let columns = 2; columns <= Math.min(most, subjects.length); columns += 1) {
    const block = problemsInColumns(subjects, { form, scale, columns, widthPx, measure });
    const timed = block.rows.flatMap(({ cells }) => cells).filter(({ show }) => show.timer).length;
    if (form !== 'compact' && timed < wanted) continue;
    if (blockHeight(block) < blockHeight(best) * (1 - leastSaving)) best = block;
  }
  return best;
}

interface ProblemGrid {
  form: ProblemFormName;
  scale: number;
  columns: number;
  widthPx: number;
  measure: TextWidth;
}

function problemsInColumns(subjects: readonly WallSubject[], grid: ProblemGrid): TileBlock {
  const { form, scale, columns, widthPx, measure } = grid;
  const rows: Row[] = [];
  const rowCount = Math.ceil(subjects.length / columns);
  // Balanced rows: five tiles as three and two, not four and one.
  const each = Math.ceil(subjects.length / rowCount);
  const cellPx = (widthPx - (each - 1) * tileGapPx) / each;
  for (let at = 0; at < subjects.length; at += each) {
    const fitted = subjects
      .slice(at, at + each)
      .map((subject) => ({ subject, fit: fitProblem(subject, form, scale, cellPx, measure) }));
    rows.push({
      minHeightPx: Math.max(...fitted.map(({ fit }) => fit.heightPx)),
      cells: fitted.map(({ subject, fit }, index) => ({
        id: subject.id,
        xPx: index * (cellPx + tileGapPx),
        widthPx: cellPx,
        rows: 1,
        show: fit.show,
      })),
    });
  }
  const used = rows.at(-1)?.cells.length ?? 0;
  const freeXPx = used * (cellPx + tileGapPx);
  const free = used > 0 && used < each ? { xPx: freeXPx, widthPx: widthPx - freeXPx } : null;
  return { kind: 'tiles', form, scale, gapPx: tileGapPx, rows, free };
}

/** Clusters without problems in a grid of equal cells. */
export function quietBlock(
  subjects: readonly WallSubject[],
  form: QuietFormName,
  scale: number,
  widthPx: number,
  measure: TextWidth,
): TileBlock {
  const { rows, cells } = packQuiet(subjects, form, scale, widthPx, measure);
  const minHeightPx = quietHeight(form, scale);
  const made: Row[] = Array.from({ length: rows }, () => ({ minHeightPx, cells: [] }));
  for (const { row, ...cell } of cells) made[row]?.cells.push(cell);
  return { kind: 'tiles', form, scale, gapPx: quietForms[form].rowGap, rows: made, free: null };
}

/** The strip of outages that are over; none without any. */
export function memoryBlocks(
  memory: readonly WallMemory[],
  widthPx: number,
  measure: TextWidth,
): MemoryBlock[] {
  return memory.length === 0 ? [] : [{ kind: 'memory', fitted: fitMemoryStrip(memory, widthPx, measure) }];
}

/** The least height of a block. */
export function blockHeight(block: Block): number {
  if (block.kind === 'memory') return block.fitted.heightPx;
  const rows = block.rows.reduce((sum, row) => sum + row.minHeightPx, 0);
  return rows + Math.max(0, block.rows.length - 1) * block.gapPx;
}

/** The least height of blocks below each other. */
export function heightOf(blocks: readonly Block[]): number {
  return (
    blocks.reduce((sum, block) => sum + blockHeight(block), 0) + Math.max(0, blocks.length - 1) * tileGapPx
  );
}
