import { csvLine, tsvLine } from '../../../domain/report/table-text';
import type { TableColumn } from './table-column';

/** Formats for copying and saving a table. */
export type TextKind = 'csv' | 'json' | 'tsv';

/** CSV (RFC 4180) and tab-separated text have a heading line; JSON is a list of objects, with numbers as numbers. */
export function tableText<Row>(
  kind: TextKind,
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
): string {
  if (kind === 'json') {
    const objects = rows.map((row) =>
      Object.fromEntries(columns.map((column) => [column.exportName, column.exportValue(row)])),
    );
    return `${JSON.stringify(objects, null, 2)}\n`;
  }
  const lines = [
    columns.map((column) => column.exportName),
    ...rows.map((row) => columns.map((column) => column.exportValue(row))),
  ];
  return lines.map((cells) => (kind === 'csv' ? csvLine(cells) : tsvLine(cells))).join('');
}
