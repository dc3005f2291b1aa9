import { bodyLines } from './body-lines';
import { hintsHere, keysLine, messageLine, promptLine, statusLine, type KeyHint } from './footer-lines';
import { headerLines } from './header-lines';
import { clipped, emptyLine, type Ink, type Line } from './line';
import type { Screenful, Size, WallData, WallUi } from './wall-state';

const keys: readonly KeyHint[] = [
  ['j k', 'move'],
  ['Enter', 'open'],
  ['a', 'acknowledge'],
  ['/', 'find'],
  ['t', 'time'],
  ['?', 'help'],
  ['q', 'quit'],
  ['e', 'events'],
  ['f', 'failover'],
  ['p', 'problems only'],
];

/** The wall: everything at one look, worst first. Exactly `size.rows` lines of at most `size.columns` cells. */
export function wallLines(data: WallData, ui: WallUi, size: Size, ink: Ink): Screenful {
  const { columns, rows } = size;
  const header = headerLines(data, 'All sites', columns, ink);
  const foot = [statusLine(data, columns, ink), lastLine(ui, hintsHere(keys, data), columns, ink)];
  const room = Math.max(0, rows - header.length - foot.length);
  const { lines, gridColumns } = bodyLines(data, ui, { columns, rows: room }, ink);
  return { lines: framed(header, lines, foot, size, ink), gridColumns };
}

/** Exactly as many lines as the screen has, none wider than it. The footer stays; the body gives way. */
export function framed(
  header: readonly Line[],
  body: readonly Line[],
  foot: readonly Line[],
  { columns, rows }: Size,
  ink: Ink,
): Line[] {
  const room = Math.max(0, rows - header.length - foot.length);
  const blank = Array.from({ length: Math.max(0, room - body.length) }, () => emptyLine);
  return [...header, ...body.slice(0, room), ...blank, ...foot]
    .slice(0, rows)
    .map((line) => clipped(line, columns, ink));
}

/** The keys, what is being typed, or the answer to the last key. */
export function lastLine(
  { prompt, message }: WallUi,
  hints: readonly KeyHint[],
  columns: number,
  ink: Ink,
): Line {
  if (prompt !== null) return promptLine(prompt, columns, ink);
  return message === null ? keysLine(hints, columns, ink) : messageLine(message, ink);
}
