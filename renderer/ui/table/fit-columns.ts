import { ordered, type TableLayout } from '../../state/settings/table-layout';

/** The properties of a column that decide whether it fits. */
export interface FittedColumn {
  id: string;
  minPx: number;
  grow: number;
  dropOrder: number | null;
}

/**
 * The columns shown in `widthPx`, in the layout's order. Hidden ones are left out; columns the user chose and those without a
 * drop order always stay; the others are dropped in their drop order until the rest fits.
 */
export function fitColumns<C extends FittedColumn>(
  columns: readonly C[],
  layout: TableLayout,
  widthPx: number,
): C[] {
  let fitted = ordered(columns, layout).filter(
    (column) => column.dropOrder === null || layout.choices[column.id] !== 'hidden',
  );
  const droppable = fitted
    .filter((column) => column.dropOrder !== null && layout.choices[column.id] !== 'shown')
    .sort((a, b) => (a.dropOrder ?? 0) - (b.dropOrder ?? 0));
  for (const column of droppable) {
    if (minimumWidth(fitted, layout) <= widthPx) break;
    fitted = fitted.filter((kept) => kept !== column);
  }
  return fitted;
}

/** The width below which the table scrolls sideways, pixels. */
export function minimumWidth(columns: readonly FittedColumn[], layout: TableLayout): number {
  return columns.reduce((sum, column) => sum + leastOf(column, layout), 0);
}

function leastOf({ id, minPx }: FittedColumn, layout: TableLayout): number {
  return layout.widths[id] ?? minPx;
}

/** The CSS grid tracks of a row. Widths set by the user are fixed; the other columns share the remaining width. */
export function gridTemplate(columns: readonly FittedColumn[], layout: TableLayout): string {
  const growing = columns.some(({ id, grow }) => grow > 0 && layout.widths[id] === undefined);
  return columns
    .map(({ id, minPx, grow }, place) => {
      const width = layout.widths[id];
      // If every column has a fixed width, the last one grows so that rows span the table.
      if (width !== undefined)
        return !growing && place === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`;
      return grow > 0 ? `minmax(${minPx}px, ${minPx * (1 + grow)}fr)` : `${minPx}px`;
    })
    .join(' ');
}

/** The left offset of each pinned column, pixels. */
export function pinnedOffsets(
  columns: readonly FittedColumn[],
  layout: TableLayout,
  edgePx: number,
): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  let left = edgePx;
  for (const column of columns) {
    if (!layout.pinned.includes(column.id)) break;
    offsets.set(column.id, left);
    left += leastOf(column, layout);
  }
  return offsets;
}
