import type { Capabilities } from './capabilities';
import { cellText, fitted, fittedRight, widthOf } from './cell-text';

/** What a part of a line is about, which decides its colour. */
export type Tone =
  'text' | 'strong' | 'quiet' | 'up' | 'degraded' | 'down' | 'split' | 'unknown' | 'maint' | 'disabled';

/** A part of a line in one look. Its text is safe to draw. */
export interface Span {
  text: string;
  tone: Tone;
  bold: boolean;
  underlined: boolean;
}

/** One line of the screen. `fill`: its background. `cut-off`: users are cut off. */
export interface Line {
  spans: readonly Span[];
  fill: 'none' | 'cut-off';
}

interface Look {
  bold?: boolean;
  underlined?: boolean;
}

/** Makes spans for one terminal: whatever text goes in, what comes out can be drawn there. */
export class Ink {
  readonly ascii: boolean;

  constructor({ ascii }: Pick<Capabilities, 'ascii'>) {
    this.ascii = ascii;
  }

  text(text: string, tone: Tone = 'text', look: Look = {}): Span {
    return spanOf(cellText(text, this.ascii), tone, look);
  }

  /** In exactly `width` cells. */
  cell(text: string, width: number, tone: Tone = 'text', look: Look = {}): Span {
    return spanOf(fitted(cellText(text, this.ascii), width, this.ascii), tone, look);
  }

  /** The same, to the right. */
  right(text: string, width: number, tone: Tone = 'text', look: Look = {}): Span {
    return spanOf(fittedRight(cellText(text, this.ascii), width, this.ascii), tone, look);
  }

  width(text: string): number {
    return widthOf(cellText(text, this.ascii));
  }
}

function spanOf(text: string, tone: Tone, { bold = false, underlined = false }: Look): Span {
  return { text, tone, bold, underlined };
}

export function lineOf(...spans: readonly Span[]): Line {
  return { spans, fill: 'none' };
}

export const emptyLine: Line = lineOf();

/** How many cells a line takes. */
export function lineWidth({ spans }: Line): number {
  return spans.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** The line in at most `columns` cells, its last part cut where it must be. */
export function clipped(line: Line, columns: number, ink: Ink): Line {
  const spans: Span[] = [];
  let left = columns;
  for (const span of line.spans) {
    const width = widthOf(span.text);
    if (width > left) {
      spans.push({ ...span, text: fitted(span.text, left, ink.ascii) });
      break;
    }
    spans.push(span);
    left -= width;
  }
  return { ...line, spans };
}

/** Left and right parts with the room between them; the right ones are left out where there is none. */
export function spread(left: readonly Span[], right: readonly Span[], columns: number, ink: Ink): Line {
  const room = columns - lineWidth(lineOf(...left)) - lineWidth(lineOf(...right));
  return room < 1
    ? clipped(lineOf(...left), columns, ink)
    : lineOf(...left, ink.text(' '.repeat(room)), ...right);
}

/** A title with a rule to the end of the line. */
export function ruled(title: string, columns: number, ink: Ink): Line {
  const text = title === '' ? '' : ` ${title} `;
  const dash = ink.ascii ? '-' : '─';
  return clipped(
    lineOf(ink.text(text), ink.text(dash.repeat(Math.max(0, columns - ink.width(text))), 'quiet')),
    columns,
    ink,
  );
}
