import ansiEscapes from 'ansi-escapes';
import { Chalk, type ChalkInstance } from 'chalk';
import type { Capabilities, ColourDepth } from './capabilities';
import { widthOf } from './cell-text';
import type { Line, Span, Tone } from './line';

/** The window's dark theme (renderer/styles/tokens.css), for terminals that show any colour. */
const trueColours: Readonly<Record<Tone, string>> = {
  text: '#b4c1ce',
  strong: '#e8eef4',
  quiet: '#8c9cad',
  up: '#7fcdb6',
  degraded: '#f5c569',
  down: '#ff8a7e',
  split: '#f8a6e0',
  unknown: '#c6d1dc',
  maint: '#93c5f8',
  disabled: '#8c9cad',
};
const background = '#0b1016';
const cutOffBackground = '#ff6a5c';
const onCutOff = '#140605';

const namedColours = {
  text: null,
  strong: null,
  quiet: null,
  up: 'green',
  degraded: 'yellow',
  down: 'redBright',
  split: 'magentaBright',
  unknown: null,
  maint: 'blueBright',
  disabled: null,
} as const satisfies Readonly<Record<Tone, string | null>>;

/** Turns lines into text with control sequences. */
export class Painter {
  readonly #chalk: ChalkInstance;
  readonly #depth: ColourDepth;
  readonly #styles = new Map<string, ChalkInstance>();

  constructor({ colours }: Pick<Capabilities, 'colours'>) {
    this.#depth = colours;
    // Level 1 keeps bold, underline and reverse, which are no colours (no-color.org).
    this.#chalk = new Chalk({ level: colours === 'true' ? 3 : 1 });
  }

  /**
   * A line from the first column on, and its rest cleared. A part that follows text whose width terminals disagree about is positioned, so
   * that no name moves the columns behind it.
   */
  line({ spans, fill }: Line, columns: number): string {
    const styled = (span: Span): string => this.#style(span, fill)(span.text);
    let [painted, column, exact] = ['', 0, true];
    for (const span of spans) {
      if (span.text === '') continue;
      if (!exact) painted += ansiEscapes.cursorTo(column);
      painted += styled(span);
      column += widthOf(span.text);
      exact = /^[\x20-\x7e\u2500-\u25ff]*$/.test(span.text);
    }
    if (column >= columns) return painted;
    const rest: Span = { text: ' '.repeat(columns - column), tone: 'text', bold: false, underlined: false };
    return `${painted}${exact ? '' : ansiEscapes.cursorTo(column)}${styled(rest)}`;
  }

  /** Building a style takes longer than using it, and there are few. */
  #style({ tone, bold, underlined }: Span, fill: Line['fill']): (text: string) => string {
    const key = `${tone} ${fill} ${bold} ${underlined}`;
    const known = this.#styles.get(key);
    if (known) return known;
    let style = this.#coloured(tone, fill);
    if (bold) style = style.bold;
    if (underlined) style = style.underline;
    this.#styles.set(key, style);
    return style;
  }

  #coloured(tone: Tone, fill: Line['fill']): ChalkInstance {
    const chalk = this.#chalk;
    if (this.#depth === 'true')
      return fill === 'cut-off'
        ? chalk.bgHex(cutOffBackground).hex(onCutOff)
        : chalk.bgHex(background).hex(trueColours[tone]);
    if (fill === 'cut-off') return this.#depth === '16' ? chalk.bgRedBright.black : chalk.inverse;
    const name = this.#depth === '16' ? namedColours[tone] : null;
    return name === null ? chalk : chalk[name];
  }
}
