import type { ClusterColumn, ColumnId } from './columns';

/** What a person decided about a column; not named: it shows itself while there is room. */
export type ColumnChoices = Readonly<Record<string, 'shown' | 'hidden'>>;

/**
 * The columns that are shown in `widthPx`. Hidden ones are gone; ones chosen by hand and those that may never go stay,
 * whatever the room; the others go in their drop order until the rest fits.
 */
export function fitColumns(
  columns: readonly ClusterColumn[],
  choices: ColumnChoices,
  widthPx: number,
): ClusterColumn[] {
  let fitted = columns.filter((column) => column.dropOrder === null || choices[column.id] !== 'hidden');
  const droppable = fitted
    .filter((column) => column.dropOrder !== null && choices[column.id] !== 'shown')
    .sort((a, b) => (a.dropOrder ?? 0) - (b.dropOrder ?? 0));
  for (const column of droppable) {
    if (minimumWidth(fitted) <= widthPx) break;
    fitted = fitted.filter((kept) => kept !== column);
  }
  return fitted;
}

export function minimumWidth(columns: readonly ClusterColumn[]): number {
  return columns.reduce((sum, column) => sum + column.minPx, 0);
}

/** The CSS grid tracks of a row. */
export function gridTemplate(columns: readonly ClusterColumn[]): string {
  return columns
    .map(({ minPx, grow }) => (grow > 0 ? `minmax(${minPx}px, ${minPx * (1 + grow)}fr)` : `${minPx}px`))
    .join(' ');
}

/** The choices after a click on a column's box. */
export function toggled(choices: ColumnChoices, id: ColumnId, visible: boolean): ColumnChoices {
  return { ...choices, [id]: visible ? 'hidden' : 'shown' };
}
