/** One value of a table; null: nothing known. */
export type Cell = string | number | boolean | null;

export interface CsvOptions {
  separator: ',' | ';';
}

/**
 * One line of CSV (RFC 4180). Nothing known is empty. A text that a spreadsheet would run as a formula gets an apostrophe before it, also
 * where the spreadsheet splits the line at another separator than the one in use.
 */
export function csvLine(cells: readonly Cell[], { separator }: CsvOptions = { separator: ',' }): string {
  return `${cells.map(csvCell).join(separator)}\r\n`;
}

/** One line of JSON: an object with these names. */
export function jsonLine(columns: readonly string[], cells: readonly Cell[]): string {
  return `${JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? null])))}\n`;
}

/** Where a spreadsheet may begin a cell, and what makes it a formula there: also behind blanks and quotes, and in full width. */
const formula = /(^|[,;|\t\r\n])(?=[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/** One line of tab-separated text, for pasting into a spreadsheet: guarded like CSV. */
export function tsvLine(cells: readonly Cell[]): string {
  return `${cells.map((value) => harmlessText(value).replaceAll(/[\t\r\n]+/g, ' ')).join('\t')}\n`;
}

function harmlessText(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  return value.replace(formula, "$1'").replace(/^(?=[\t\r\n])/, "'");
}

function csvCell(value: Cell): string {
  const harmless = harmlessText(value);
  if (typeof value !== 'string') return harmless;
  return /[",;|\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
