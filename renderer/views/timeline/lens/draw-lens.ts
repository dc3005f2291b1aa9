import { bitRate } from '../../../../domain/words/amount';
import type { HeronEvent } from '../../../../domain/model/event';
import type { Lane } from '../../../ui/timeline/lanes';
import type { TimelineColours } from '../../../ui/timeline/timeline-colours';
import { xOf, type TimeScale } from '../../../time/time-scale';
import type { EdgeReadings } from './use-lens-readings';

interface LensPicture {
  scale: TimeScale;
  lanes: readonly Lane[];
  /** Null: not read yet. */
  readings: ReadonlyMap<string, EdgeReadings> | null;
  event: HeronEvent;
  lbs: readonly { id: string; name: string }[];
  colours: TimelineColours;
}

const dotPx = 2;
/** Readings further apart than this many usual intervals are not joined: what was in between is unknown. */
const mostApart = 2.5;

/** What only a lens shows: the bracket through all lanes, when each edge was read, and what came in at the LBs. */
export function drawLens(pen: CanvasRenderingContext2D, picture: LensPicture): void {
  drawBracket(pen, picture);
  for (const lane of picture.lanes) {
    if (lane.kind === 'ingress') drawIngress(pen, lane, picture);
    else if (lane.subjectId !== null) drawReadings(pen, lane, picture);
  }
}

/** It happened between these two lines; on the lane of the LB that took over the bracket itself. */
function drawBracket(pen: CanvasRenderingContext2D, { scale, lanes, event, colours }: LensPicture): void {
  const bracket = 'bracket' in event ? event.bracket : null;
  const ends = bracket ? [bracket.lastOldMs, bracket.firstNewMs] : [event.timeMs];
  const [fromX = 0, toX = fromX] = ends.map((ms) => xOf(scale, ms));
  const last = lanes.at(-1);
  pen.strokeStyle = colours.quiet;
  pen.lineWidth = 1;
  pen.setLineDash([2, 3]);
  for (const x of [fromX, toX]) {
    pen.beginPath();
    pen.moveTo(Math.round(x) + 0.5, 0);
    pen.lineTo(Math.round(x) + 0.5, last ? last.topPx + last.heightPx : 0);
    pen.stroke();
  }
  pen.setLineDash([]);
  const toEdgeId = 'toEdgeId' in event ? event.toEdgeId : null;
  const lane = lanes.find(({ kind, subjectId }) => kind === 'role' && subjectId === toEdgeId);
  if (!lane || !bracket) return;
  const [y1, y2] = [lane.topPx + 3, lane.topPx + lane.heightPx - 4];
  pen.strokeStyle = colours.text;
  pen.lineWidth = 2;
  pen.beginPath();
  for (const [x, inwards] of [
    [fromX, 4],
    [toX, -4],
  ] as const) {
    pen.moveTo(x + inwards, y1);
    pen.lineTo(x, y1);
    pen.lineTo(x, y2);
    pen.lineTo(x + inwards, y2);
  }
  pen.stroke();
  tookOver(pen, fromX, toX, (y1 + y2) / 2, colours);
}

const tookOverWords = 'took over in here';

function tookOver(
  pen: CanvasRenderingContext2D,
  fromX: number,
  toX: number,
  y: number,
  colours: TimelineColours,
): void {
  pen.font = `600 11px 'Inter Variable', sans-serif`;
  const width = pen.measureText(tookOverWords).width + 4;
  if (toX - fromX < width) return;
  pen.fillStyle = colours.ground;
  pen.fillRect((fromX + toX - width) / 2, y - 8, width, 16);
  pen.fillStyle = colours.text;
  pen.textBaseline = 'middle';
  pen.textAlign = 'center';
  pen.fillText(tookOverWords, (fromX + toX) / 2, y);
  pen.textAlign = 'start';
}

/** Where the dots of each edge are, left to right. */
export function dotsOf(
  readings: ReadonlyMap<string, EdgeReadings>,
  scale: TimeScale,
): ReadonlyMap<string, readonly number[]> {
  const dots = ({ answeredMs, silentMs }: EdgeReadings): number[] =>
    [...answeredMs, ...silentMs].map((ms) => xOf(scale, ms)).sort((a, b) => a - b);
  return new Map([...readings].map(([id, read]) => [id, dots(read)]));
}

/** A dot for an answer, a ring for a poll that was not answered. */
function drawReadings(
  pen: CanvasRenderingContext2D,
  lane: Lane,
  { scale, readings, colours }: LensPicture,
): void {
  const read = readings?.get(lane.subjectId ?? '');
  if (!read) return;
  const y = lane.topPx + lane.heightPx / 2;
  const circle = (ms: number): void => {
    pen.beginPath();
    pen.arc(xOf(scale, ms), y, dotPx, 0, 2 * Math.PI);
  };
  pen.lineWidth = 1;
  pen.strokeStyle = colours.ground;
  pen.fillStyle = colours.soft;
  for (const ms of read.answeredMs) {
    circle(ms);
    pen.fill();
    pen.stroke();
  }
  pen.strokeStyle = colours.text;
  pen.fillStyle = colours.ground;
  for (const ms of read.silentMs) {
    circle(ms);
    pen.fill();
    pen.stroke();
  }
}

/** Traffic from reading to reading, as an area for each LB. */
function drawIngress(
  pen: CanvasRenderingContext2D,
  lane: Lane,
  { scale, readings, lbs, colours }: LensPicture,
): void {
  if (readings === null) return;
  const of = lbs.map((lb) => ({ ...lb, points: readings.get(lb.id)?.ingress ?? [] }));
  const most = Math.max(1, ...of.flatMap(({ points }) => points.map(({ bitsPerSecond }) => bitsPerSecond)));
  const floor = lane.topPx + lane.heightPx - 4;
  const yOf = (bitsPerSecond: number): number => floor - (bitsPerSecond / most) * (lane.heightPx - 18);
  if (of.every(({ points }) => points.length === 0)) {
    pen.fillStyle = colours.quiet;
    pen.font = `400 11px 'Inter Variable', sans-serif`;
    pen.textBaseline = 'middle';
    pen.fillText('No readings with traffic are kept of this time.', 8, lane.topPx + lane.heightPx / 2);
    return;
  }
  for (const [index, { name, points }] of of.entries()) {
    const apartMs = usualDistance(points.map(({ atMs }) => atMs)) * mostApart;
    pen.fillStyle = index === 0 ? colours.strong : colours.quiet;
    for (const [place, point] of points.entries()) {
      const next = points[place + 1];
      const x = xOf(scale, point.atMs);
      const wide = next !== undefined && next.atMs - point.atMs <= apartMs;
      pen.globalAlpha = 0.75;
      pen.beginPath();
      pen.moveTo(x, floor);
      pen.lineTo(x, yOf(point.bitsPerSecond));
      pen.lineTo(wide ? xOf(scale, next.atMs) : x + 2, yOf(wide ? next.bitsPerSecond : point.bitsPerSecond));
      pen.lineTo(wide ? xOf(scale, next.atMs) : x + 2, floor);
      pen.fill();
      pen.globalAlpha = 1;
    }
    label(pen, name, points, index === 0, lane.topPx + 8, { scale, colours });
  }
}

/** An LB's name and peak ingress: on the left for the LB that had the role first, on the right for the one that took over. */
function label(
  pen: CanvasRenderingContext2D,
  name: string,
  points: readonly { bitsPerSecond: number }[],
  left: boolean,
  y: number,
  { scale, colours }: { scale: TimeScale; colours: TimelineColours },
): void {
  const ingress = points.map(({ bitsPerSecond }) => bitsPerSecond);
  const most = ingress.length > 0 ? Math.max(...ingress) : null;
  pen.fillStyle = colours.text;
  pen.font = `500 11px 'Inter Variable', sans-serif`;
  pen.textBaseline = 'middle';
  pen.textAlign = left ? 'start' : 'end';
  const words = most === null ? `${name}, not read` : `${name}, up to ${bitRate(most)}`;
  pen.fillText(words, left ? 8 : scale.widthPx - 8, y);
  pen.textAlign = 'start';
}

function usualDistance(times: readonly number[]): number {
  const apart = times.slice(1).map((ms, index) => ms - (times[index] ?? ms));
  return apart.sort((a, b) => a - b)[Math.floor(apart.length / 2)] ?? 0;
}
