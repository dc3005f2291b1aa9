import { lineHeight, type ShownParts } from './problem-forms';
import {
  glyphGap,
  markPx,
  neededWidth,
  quietForms,
  quietHeight,
  shownIn,
  type QuietForm,
  type QuietFormName,
} from './quiet-forms';
import { linesOf, type TextWidth } from './wall-text';
import type { WallSubject } from './wall-subject';

/** The part of the tiles that may take several cells. */
const mostWidePart = 0.12;

/** A tile's place in the grid, in cells. */
interface GridCell {
  subject: WallSubject;
  column: number;
  row: number;
  columns: number;
  rows: number;
}

interface GridPacking {
  columns: number;
  rows: number;
  cells: GridCell[];
}

/** A tile across the width of the wall, and the rows it takes. */
export interface QuietCell {
  id: string;
  row: number;
  rows: number;
  xPx: number;
  widthPx: number;
  show: ShownParts;
}

interface Needed {
  subject: WallSubject;
  widthPx: number;
}

/**
 * Places tiles in reading order. A long name takes several cells, and several rows where even the whole width is too narrow for
 * it. Of all numbers of columns, the one with the fewest rows; of several, the one with the widest cells.
 */
export function packQuiet(
  subjects: readonly WallSubject[],
  formName: QuietFormName,
  scale: number,
  widthPx: number,
  measure: TextWidth,
): { rows: number; cells: QuietCell[] } {
  const needed = subjects.map((subject) => ({
    subject,
    widthPx: neededWidth(subject, formName, scale, measure),
  }));
  const gap = quietForms[formName].columnGap;
  const narrowest = Math.min(...needed.map((one) => one.widthPx));
  const most = Math.max(1, Math.floor((widthPx + gap) / (narrowest + gap)));
  const grid = { formName, scale, widthPx, measure };
  // Names that fit by taking two cells each are for where nothing else fits.
  const mostWide = formName === 'line' && scale === 1 ? Infinity : Math.max(3, needed.length * mostWidePart);
  let best: GridPacking | null = null;
  for (let columns = Math.min(most, subjects.length); columns >= 1; columns -= 1) {
    // Fewer columns need at least this many rows, which can no longer win.
    if (best !== null && Math.ceil(subjects.length / columns) > best.rows) break;
    const packing = packInColumns(needed, columns, grid);
    const wide = packing.cells.filter((cell) => cell.columns > 1).length;
    if (wide <= mostWide && (best === null || packing.rows <= best.rows)) best = packing;
  }
  const { columns, rows, cells } = best ?? { columns: 1, rows: 0, cells: [] };
  const cellPx = (widthPx + gap) / columns;
  return {
    rows,
    cells: cells.map((cell) => {
      const tilePx = cell.columns * cellPx - gap;
      const show = shownIn(cell.subject, formName, scale, tilePx, measure);
      return {
        id: cell.subject.id,
        row: cell.row,
        rows: cell.rows,
        xPx: cell.column * cellPx,
        widthPx: tilePx,
        show,
      };
    }),
  };
}

interface Grid {
  formName: QuietFormName;
  scale: number;
  widthPx: number;
  measure: TextWidth;
}

function packInColumns(needed: readonly Needed[], columns: number, grid: Grid): GridPacking {
  const form: QuietForm = quietForms[grid.formName];
  const cellPx = (grid.widthPx + form.columnGap) / columns;
  const cells: GridCell[] = [];
  let column = 0;
  let row = 0;
  let rowsOfRow = 1;
  for (const { subject, widthPx } of needed) {
    const span = Math.max(1, Math.min(columns, Math.ceil((widthPx + form.columnGap) / cellPx - 1e-9)));
    const rows = widthPx > grid.widthPx ? rowsOfWrapped(subject, grid) : 1;
    if (column + span > columns) {
      row += rowsOfRow;
      column = 0;
      rowsOfRow = 1;
    }
    cells.push({ subject, column, row, columns: span, rows });
    column += span;
    rowsOfRow = Math.max(rowsOfRow, rows);
  }
  return { columns, rows: cells.length === 0 ? 0 : row + rowsOfRow, cells };
}

/** The rows that a name takes which does not fit on one line of the whole width. */
function rowsOfWrapped(subject: WallSubject, { formName, scale, widthPx, measure }: Grid): number {
  const form: QuietForm = quietForms[formName];
  const used = Math.min(scale, form.mostScale);
  const inner = widthPx - (2 * form.padX + form.glyph + glyphGap + markPx) * used - 2;
  const lines = linesOf(measure, subject.name, 500, form.name * used, inner);
  const height = quietHeight(formName, scale);
  const more = (lines - 1) * form.name * used * lineHeight.name;
  return Math.max(1, Math.ceil((height + more + form.rowGap) / (height + form.rowGap)));
}
