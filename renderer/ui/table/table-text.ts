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
  const cell = kind === 'csv' ? csvCell : tsvCell;
  const lines = [
    columns.map((column) => cell(column.exportName)),
    ...rows.map((row) => columns.map((column) => cell(column.exportValue(row)))),
  ];
  const [separator, end] = kind === 'csv' ? [',', '\r\n'] : ['\t', '\n'];
  return lines.map((cells) => cells.join(separator) + end).join('');
}

function csvCell(value: string | number | boolean | null): string {
  const text = plain(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function tsvCell(value: string | number | boolean | null): string {
  return plain(value).replaceAll(/[\t\r\n]+/g, ' ');
}

/** Text that a spreadsheet would evaluate as a formula is prefixed with an apostrophe (OWASP, CSV injection). */
function plain(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
