import { cellWords, columnTitle, isNumberColumn } from './answer-words';
import { html, styleElement } from './html';
import { reportStyle } from './report-style';
import type { Cell } from './table-text';

interface AnswerTable {
  columns: readonly string[];
  rows: AsyncIterable<readonly Cell[]>;
  notes: readonly string[];
}

const rowsAtATime = 500;

/**
 * An answer as one HTML page without scripts, a part at a time. Cells hold the values of the other formats; what they mean for people is
 * their title.
 */
export async function* answerHtml(
  title: string,
  { columns, rows, notes }: AnswerTable,
): AsyncGenerator<string> {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  yield html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <title>${title}</title>
        ${styleElement(reportStyle)}
      </head>
      <body>
        <h1>${title}</h1>
        ${notes.map((note) => html`<p>${note}</p>`)}
        <table>
          <thead>
            <tr>
              ${columns.map((name) => html`<th title="${columnTitle(name)}">${name}</th>`)}
            </tr>
          </thead>
          <tbody></tbody>
        </table>
      </body>
    </html>`.toString();
  let waiting: string[] = [];
  for await (const cells of rows) {
    waiting.push(rowHtml(columns, cells));
    if (waiting.length < rowsAtATime) continue;
    yield waiting.join('');
    waiting = [];
  }
  yield `${waiting.join('')}</tbody></table></body></html>\n`;
}

function rowHtml(columns: readonly string[], cells: readonly Cell[]): string {
  const row = cells.map((cell, index) => {
    const name = columns[index] ?? '';
    const words = cellWords(name, cell);
    const text = cell === null ? '' : String(cell);
    return isNumberColumn(name) && words !== text
      ? html`<td title="${words}">${text}</td>`
      : html`<td>${text}</td>`;
  });
  return `${html`<tr>
    ${row}
  </tr>`.toString()}\n`;
}
