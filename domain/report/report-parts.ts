import { boundPercent } from '../words/amount';
import { durationRange, type Rounding } from '../words/duration';
import { html, type Html } from './html';

/** What a cell shows where nothing is known. */
export const none = '–';

/** A table with a heading line; words where it has no rows. */
export function table(heads: string[], rows: string[][], whenEmpty: string): Html {
  if (rows.length === 0) return html`<p>${whenEmpty}</p>`;
  const body = rows.map(
    (row) =>
      html`<tr>
        ${row.map((cell) => html`<td>${cell}</td>`)}
      </tr>`,
  );
  return html`<table>
    <thead>
      <tr>
        ${heads.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`;
}

/** A part 0..1 as a bound in percent; null: no time counts. */
export function percentCell(part: number | null, rounding: Rounding): string {
  return part === null ? 'not counted' : boundPercent(part, rounding);
}

/** Bounds of a length, rounded outwards. */
export function rangeCell(span: { atLeast: number; atMost: number } | null): string {
  return span === null ? none : durationRange(span.atLeast, span.atMost);
}
