import { once } from 'node:events';
import { peopleColumns, type PeopleColumn } from '../../domain/report/answer-words';
import { csvLine, jsonLine, type CsvOptions } from '../../domain/report/table-text';
import type { Answer } from '../../monitor/usecases/audit-answer';
import { print } from '../common/print';
import { printableLine } from '../../monitor/base/printable';

/** The widths of a table are those of its first rows: all rows are never in memory. */
const measuredRows = 500;
const linesAtATime = 1000;

/** The lines of an answer, in one text for many rows. */
export async function* answerText(
  answer: Answer,
  format: 'table' | 'jsonl' | 'csv',
  csv: CsvOptions,
): AsyncGenerator<string> {
  if (format === 'table') return yield* tableText(answer);
  const { columns, rows } = answer;
  let lines = format === 'csv' ? [csvLine(columns, csv)] : [];
  for await (const cells of rows) {
    lines.push(format === 'csv' ? csvLine(cells, csv) : jsonLine(columns, cells));
    if (lines.length < linesAtATime) continue;
    yield lines.join('');
    lines = [];
  }
  if (lines.length > 0) yield lines.join('');
}

/** Prints to standard output as fast as its reader takes it. */
export async function printAll(texts: AsyncIterable<string>): Promise<void> {
  for await (const text of texts) if (!print(text)) await once(process.stdout, 'drain');
}

async function* tableText({ columns, shown, rows }: Answer): AsyncGenerator<string> {
  const people = peopleColumns(columns, shown);
  const heads = people.map(({ title }) => title);
  let widths: number[] | null = null;
  let waiting: string[][] = [];
  const flush = (): string => {
    const head = widths === null ? [heads] : [];
    widths ??= heads.map((title, index) =>
      Math.max(title.length, ...waiting.map((line) => line[index]?.length ?? 0)),
    );
    const text = [...head, ...waiting].map((line) => padded(line, people, widths ?? [])).join('');
    waiting = [];
    return text;
  };
  for await (const cells of rows) {
    waiting.push(people.map((column) => printableLine(column.words(cells))));
    if (waiting.length >= measuredRows) yield flush();
  }
  if (widths === null && waiting.length === 0) yield 'Nothing is recorded.\n';
  else if (waiting.length > 0) yield flush();
}

function padded(line: string[], columns: readonly PeopleColumn[], widths: readonly number[]): string {
  const cells = line.map((text, index) => {
    const width = widths[index] ?? 0;
    return columns[index]?.right ? text.padStart(width) : text.padEnd(width);
  });
  return `${cells.join('  ').trimEnd()}\n`;
}
