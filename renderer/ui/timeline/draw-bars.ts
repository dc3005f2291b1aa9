import type { Bar } from './bars';
import { toneOf, type TimelineColours } from './timeline-colours';

/** The middle of the lane to draw in, and the hatching pattern. */
export interface BarPlace {
  middleY: number;
  colours: TimelineColours;
  hatch: CanvasPattern | string;
  /** Where the lane has dots, which a word must not touch, left to right; left out: it has none. */
  dotsX?: readonly number[];
}

/**
 * Draws a health state as a bar, thicker when worse: up is a thin line, down has full height and a cross. Unknown is hatched in
 * a dashed frame.
 */
export function drawHealth(pen: CanvasRenderingContext2D, bar: Bar, place: BarPlace): void {
  const { middleY: y, colours, hatch } = place;
  const tone = toneOf(bar.state);
  const colour = colours.tone[tone];
  const width = bar.toX - bar.fromX;
  pen.fillStyle = colour;
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  switch (bar.state) {
    case 'up':
      pen.fillRect(bar.fromX, y - 1.5, width, 3);
      break;
    case 'degraded':
      pen.fillRect(bar.fromX, y - 4, width, 8);
      break;
    case 'no-redundancy':
      pen.strokeRect(bar.fromX + 0.5, y - 5.5, Math.max(0, width - 1), 11);
      break;
    case 'split-brain':
      pen.fillRect(bar.fromX, y - 6, width, 5);
      pen.fillRect(bar.fromX, y + 1, width, 5);
      break;
    case 'down':
    case 'no-active-lb':
      pen.fillRect(bar.fromX, y - 7, width, 14);
      if (width >= 16) cross(pen, (bar.fromX + Math.min(bar.toX, bar.fromX + 24)) / 2, y, colours.tint[tone]);
      break;
    case 'maintenance':
      for (let x = bar.fromX; x < bar.toX; x += 5) pen.fillRect(x, y - 6, Math.min(3, bar.toX - x), 12);
      break;
    case 'disabled':
    case 'not-applicable':
      pen.fillRect(bar.fromX, y - 0.5, width, 1);
      break;
    default:
      drawUnknown(pen, bar.fromX, width, y, colours, hatch);
  }
  if (bar.count > 1) drawCount(pen, bar, y, colours);
}

/** Draws an LB's role: master as a full bar, backup as a thin line, others dashed. */
export function drawRole(pen: CanvasRenderingContext2D, bar: Bar, place: BarPlace): void {
  const { middleY: y, colours, hatch } = place;
  const width = bar.toX - bar.fromX;
  if (bar.state === 'master') {
    pen.fillStyle = colours.ink;
    pen.fillRect(bar.fromX, y - 5, width, 10);
    label(pen, 'MASTER', bar, place, true);
  } else if (bar.state === 'backup') {
    pen.fillStyle = colours.strong;
    pen.fillRect(bar.fromX, y - 1, width, 2);
  } else if (bar.state === 'init' || bar.state === 'fault') {
    pen.strokeStyle = colours.strong;
    pen.setLineDash([4, 3]);
    pen.strokeRect(bar.fromX + 0.5, y - 4.5, Math.max(0, width - 1), 9);
    pen.setLineDash([]);
    label(pen, bar.state.toUpperCase(), bar, place, false);
  } else if (bar.state === 'unknown') drawUnknown(pen, bar.fromX, width, y, colours, hatch);
  if (bar.count > 1) drawCount(pen, bar, y, colours);
}

/** A time in which users may have been cut off, and the parts of it in which they certainly were, on the screen. */
export interface CutOffPart {
  fromX: number;
  toX: number;
  sure: readonly { fromX: number; toX: number }[];
  words: string;
}

/** Draws time in which users were cut off: solid where certain, dashed where possible. */
export function drawCutOff(pen: CanvasRenderingContext2D, part: CutOffPart, place: BarPlace): void {
  const { middleY: y, colours } = place;
  pen.strokeStyle = colours.tone.down;
  pen.setLineDash([3, 2]);
  pen.strokeRect(part.fromX + 0.5, y - 4.5, Math.max(1, part.toX - part.fromX - 1), 9);
  pen.setLineDash([]);
  pen.fillStyle = colours.tone.down;
  for (const sure of part.sure) {
    const fromX = Math.max(part.fromX, sure.fromX);
    pen.fillRect(fromX, y - 5, Math.max(leastSurePx, Math.min(part.toX, sure.toX) - fromX), 10);
  }
  pen.font = `500 11px 'Inter Variable', sans-serif`;
  pen.textBaseline = 'middle';
  pen.fillText(part.words, part.toX + 8, y);
}

/** A certain outage is seen, however short. */
const leastSurePx = 2;

function drawUnknown(
  pen: CanvasRenderingContext2D,
  x: number,
  width: number,
  y: number,
  colours: TimelineColours,
  hatch: CanvasPattern | string,
): void {
  pen.fillStyle = hatch;
  pen.fillRect(x, y - 6, width, 12);
  pen.strokeStyle = colours.tone.unknown;
  pen.lineWidth = 1;
  pen.setLineDash([4, 3]);
  pen.strokeRect(x + 0.5, y - 5.5, Math.max(0, width - 1), 11);
  pen.setLineDash([]);
}

/** Draws how many states share these pixels. */
function drawCount(pen: CanvasRenderingContext2D, bar: Bar, y: number, colours: TimelineColours): void {
  pen.fillStyle = colours.soft;
  pen.font = `500 9px 'Inter Variable', sans-serif`;
  pen.textBaseline = 'bottom';
  pen.fillText(String(bar.count), bar.toX + 1, y - 2);
}

function cross(pen: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x - 3.5, y - 3.5);
  pen.lineTo(x + 3.5, y + 3.5);
  pen.moveTo(x + 3.5, y - 3.5);
  pen.lineTo(x - 3.5, y + 3.5);
  pen.stroke();
}

function label(
  pen: CanvasRenderingContext2D,
  words: string,
  bar: Bar,
  { middleY, colours, dotsX = [] }: BarPlace,
  strong: boolean,
): void {
  if (bar.toX - bar.fromX < 64) return;
  pen.font = `${strong ? 600 : 400} 10px 'Inter Variable', sans-serif`;
  const leftX = freeX(Math.max(bar.fromX, 0) + 8, bar.toX, pen.measureText(words).width, dotsX);
  if (leftX === null) return;
  pen.fillStyle = strong ? colours.inverse : colours.quiet;
  pen.textBaseline = 'middle';
  pen.fillText(words, leftX, middleY + 0.5);
}

/** Half of a dot, and some space. */
const dotPx = 4;

/** Where a word of this width first fits between two x without touching a dot; null: nowhere. */
export function freeX(fromX: number, toX: number, widthPx: number, dotsX: readonly number[]): number | null {
  for (const x of [fromX, ...dotsX.map((dotX) => dotX + dotPx)]) {
    if (x < fromX || x + widthPx > toX) continue;
    if (dotsX.every((dotX) => dotX + dotPx <= x || dotX - dotPx >= x + widthPx)) return x;
  }
  return null;
}
