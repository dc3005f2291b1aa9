import { durationRange } from '../../../domain/words/duration';
import type { SourcePart } from '../../../domain/contract/source-past';
import type { Gap } from '../../../domain/model/history';
import type { StateLane } from '../../../domain/model/state-lane';
import type { RecordedEvent } from '../../../domain/model/event';
import type { RecordedOutage } from '../../../domain/past/recorded-outage';
import { hatching } from '../charts/chart-colours';
import { barsOf } from './bars';
import { drawCutOff, drawHealth, drawRole, type BarPlace, type CutOffPart } from './draw-bars';
import type { Lane } from './lanes';
import { leastBracketPx, type MarkGroup } from './event-marks';
import type { TimelineColours } from './timeline-colours';
import { sourceWords } from './source-past';
import { cutOffsOf, statesOf } from './hit-test';
import { xOf, type Tick, type TimeScale } from '../../time/time-scale';

/** The input of one drawing of the timeline. */
export interface TimelinePicture {
  scale: TimeScale;
  heightPx: number;
  /** The visible lanes and their scroll offset. */
  lanes: readonly Lane[];
  scrollPx: number;
  lanesBy: ReadonlyMap<string, StateLane>;
  gaps: readonly Gap[];
  sourced: readonly SourcePart[];
  outages: readonly RecordedOutage[];
  groups: readonly MarkGroup[];
  moves: readonly RecordedEvent[];
  ticks: readonly Tick[];
  nowMs: number;
  /** The moment from which on nothing in the open file is proven; null: there is none. */
  unprovenFromMs: number | null;
  /** T, drawn as a line through all lanes. */
  atMs: number;
  selectedId: number | null;
  measure: { fromMs: number; toMs: number } | null;
  /** Where dots are drawn over the lanes, by subject; left out: nowhere. */
  dotsX?: ReadonlyMap<string, readonly number[]>;
  colours: TimelineColours;
}

/** Draws the lanes, their events, the gaps and T. */
export function drawTimeline(pen: CanvasRenderingContext2D, picture: TimelinePicture): void {
  const { scale, heightPx, colours } = picture;
  pen.clearRect(0, 0, scale.widthPx, heightPx);
  const hatch = hatching(pen, colours.hatch, colours.ground);
  drawGrid(pen, picture);
  for (const lane of picture.lanes) drawLane(pen, lane, picture, hatch);
  drawGaps(pen, picture, hatch);
  drawSourced(pen, picture, hatch);
  drawUnproven(pen, picture, hatch);
  drawMarks(pen, picture);
  drawTime(pen, picture);
}

function drawGrid(
  pen: CanvasRenderingContext2D,
  { scale, heightPx, ticks, lanes, scrollPx, colours }: TimelinePicture,
): void {
  pen.fillStyle = colours.line;
  for (const tick of ticks) pen.fillRect(Math.round(xOf(scale, tick.ms)), 0, 1, heightPx);
  for (const lane of lanes) pen.fillRect(0, lane.topPx + lane.heightPx - scrollPx - 1, scale.widthPx, 1);
}

function drawLane(
  pen: CanvasRenderingContext2D,
  lane: Lane,
  picture: TimelinePicture,
  hatch: CanvasPattern | string,
): void {
  const { scale, scrollPx, colours, lanesBy, nowMs } = picture;
  const middleY = lane.topPx + lane.heightPx / 2 - scrollPx;
  const place: BarPlace = { middleY, colours, hatch, dotsX: picture.dotsX?.get(lane.subjectId ?? '') ?? [] };
  if (lane.kind === 'cut-off') {
    for (const part of cutOffParts(picture, lane.clusterId)) drawCutOff(pen, part, place);
    return;
  }
  const states = statesOf(lane, lanesBy);
  if (states === null) return;
  const draw = lane.kind === 'role' ? drawRole : drawHealth;
  for (const bar of barsOf(states, scale, nowMs)) draw(pen, bar, place);
}

/** The times in which users of a cluster were, or may have been, cut off. */
function cutOffParts({ outages, scale, nowMs }: TimelinePicture, clusterId: string): CutOffPart[] {
  return cutOffsOf(outages, clusterId).flatMap(({ fromMs, toMs, certain, lengthMs }) => {
    const toX = Math.min(scale.widthPx + 4, xOf(scale, toMs ?? nowMs));
    const fromX = Math.max(-4, Math.min(xOf(scale, fromMs), toX - 2));
    if (toX < 0 || fromX > scale.widthPx) return [];
    const sure = certain.map((one) => ({ fromX: xOf(scale, one.fromMs), toX: xOf(scale, one.toMs) }));
    const words = toX - fromX > 12 ? durationRange(lengthMs.atLeast, lengthMs.atMost) : '';
    return [{ fromX, toX, sure, words }];
  });
}

function drawGaps(
  pen: CanvasRenderingContext2D,
  picture: TimelinePicture,
  hatch: CanvasPattern | string,
): void {
  const { scale, gaps, lanes, scrollPx, heightPx, colours } = picture;
  for (const gap of gaps) {
    const fromX = Math.max(-2, xOf(scale, gap.fromMs));
    const width = Math.max(2, Math.min(scale.widthPx + 2, xOf(scale, gap.toMs)) - fromX);
    if (fromX > scale.widthPx || fromX + width < 0) continue;
    const rows =
      gap.clusterIds === null
        ? [{ y: 0, height: heightPx }]
        : lanes
            .filter(({ clusterId }) => gap.clusterIds?.includes(clusterId))
            .map((lane) => ({ y: lane.topPx - scrollPx, height: lane.heightPx }));
    for (const { y, height } of rows) {
      pen.fillStyle = hatch;
      pen.fillRect(fromX, y, width, height);
      pen.strokeStyle = colours.strong;
      pen.setLineDash([4, 3]);
      pen.strokeRect(fromX + 0.5, y + 0.5, width - 1, height - 1);
      pen.setLineDash([]);
    }
    if (width > 110 && gap.clusterIds === null) tag(pen, 'Not monitored', fromX + width / 2, 18, colours);
  }
}

/** Marks what metrics sources watched: a dotted line under each of its lanes, its ends, and its origin. */
function drawSourced(
  pen: CanvasRenderingContext2D,
  { scale, sourced, lanes, scrollPx, colours }: TimelinePicture,
  hatch: CanvasPattern | string,
): void {
  for (const part of sourced) {
    const [fromX, toX] = [
      Math.max(-2, xOf(scale, part.fromMs)),
      Math.min(scale.widthPx + 2, xOf(scale, part.toMs)),
    ];
    const own = lanes.filter(({ clusterId }) => part.rowIds.includes(clusterId));
    const [first] = own;
    if (toX < 0 || fromX > scale.widthPx || !first) continue;
    for (const { kind, topPx, heightPx } of own) {
      const bottom = topPx + heightPx - scrollPx - 3;
      // How long users were cut off is not known of steps.
      pen.fillStyle = hatch;
      if (kind === 'cut-off') pen.fillRect(fromX, topPx - scrollPx, toX - fromX, heightPx);
      pen.fillStyle = colours.strong;
      for (let x = fromX; x < toX && kind !== 'heading'; x += 5) pen.fillRect(x, bottom, 2, 2);
      for (const x of [fromX, toX - 1]) pen.fillRect(Math.round(x), topPx - scrollPx, 1, heightPx);
    }
    const words = sourceWords(part);
    if (toX - fromX > leastSourceTagPx)
      tag(pen, words, (fromX + toX) / 2, Math.max(0, first.topPx - scrollPx) + 12, colours);
  }
}

/** Room for the origin of what a source watched, "From prometheus-fra, steps of 5 m". */
const leastSourceTagPx = 260;

/** Hatches what a signature does not prove, over its states, which stay visible. */
function drawUnproven(
  pen: CanvasRenderingContext2D,
  { scale, heightPx, nowMs, unprovenFromMs, colours }: TimelinePicture,
  hatch: CanvasPattern | string,
): void {
  if (unprovenFromMs === null) return;
  const fromX = Math.max(-2, xOf(scale, unprovenFromMs));
  const width = Math.max(2, Math.min(scale.widthPx + 2, xOf(scale, nowMs)) - fromX);
  if (fromX > scale.widthPx) return;
  pen.globalAlpha = 0.5;
  pen.fillStyle = hatch;
  pen.fillRect(fromX, 0, width, heightPx);
  pen.globalAlpha = 1;
  pen.fillStyle = colours.strong;
  pen.fillRect(Math.round(fromX), 0, 1, heightPx);
  if (width > 110) tag(pen, 'Not proven', fromX + width / 2, heightPx - 18, colours);
}

function drawMarks(pen: CanvasRenderingContext2D, picture: TimelinePicture): void {
  const { groups, lanes, scrollPx, colours, selectedId } = picture;
  const laneOf = new Map(
    lanes.filter(({ kind }) => kind === 'cluster').map((lane) => [lane.clusterId, lane]),
  );
  for (const { event } of picture.moves) {
    // A note that belongs to no cluster is drawn above the lanes.
    if (event.type !== 'note' || event.clusterId !== null) continue;
    pen.strokeStyle = colours.text;
    pen.lineWidth = 1.5;
    pen.beginPath();
    drawFlag(pen, xOf(picture.scale, event.timeMs), 2, 14);
    pen.stroke();
  }
  for (const group of groups) {
    const lane = laneOf.get(group.clusterId);
    if (!lane) continue;
    const top = lane.topPx - scrollPx;
    const chosen = group.marks.some(({ recorded }) => recorded.id === selectedId);
    drawBracket(pen, group, top, lane.heightPx, chosen ? colours.ink : colours.text, chosen);
    if (group.marks.length > 1) {
      pen.fillStyle = colours.text;
      pen.font = `600 10px 'Inter Variable', sans-serif`;
      pen.textBaseline = 'top';
      pen.fillText(String(group.marks.length), group.toX + 2, top + 2);
    }
  }
}

function drawBracket(
  pen: CanvasRenderingContext2D,
  group: MarkGroup,
  top: number,
  height: number,
  colour: string,
  chosen: boolean,
): void {
  const [y1, y2] = [top + 4, top + height - 5];
  pen.strokeStyle = colour;
  pen.lineWidth = chosen ? 2.5 : 1.5;
  pen.beginPath();
  if (group.marks.every(({ recorded }) => recorded.event.type === 'note')) {
    drawFlag(pen, group.fromX, y1, y2);
  } else if (group.marks.some(({ bracket }) => bracket)) {
    const tip = Math.min(4, leastBracketPx / 2 - 1);
    pen.moveTo(group.fromX + tip, y1);
    pen.lineTo(group.fromX, y1);
    pen.lineTo(group.fromX, y2);
    pen.lineTo(group.fromX + tip, y2);
    pen.moveTo(group.toX - tip, y1);
    pen.lineTo(group.toX, y1);
    pen.lineTo(group.toX, y2);
    pen.lineTo(group.toX - tip, y2);
  } else {
    pen.moveTo(group.fromX - 3, y1);
    pen.lineTo(group.fromX + 3, y1);
    pen.moveTo(group.fromX, y1);
    pen.lineTo(group.fromX, y2);
    pen.moveTo(group.fromX - 3, y2);
    pen.lineTo(group.fromX + 3, y2);
  }
  pen.stroke();
}

/** A flag on a pole: a note. */
function drawFlag(pen: CanvasRenderingContext2D, x: number, y1: number, y2: number): void {
  pen.moveTo(x, y2);
  pen.lineTo(x, y1);
  pen.lineTo(x + 8, y1 + 3);
  pen.lineTo(x, y1 + 6);
}

function drawTime(pen: CanvasRenderingContext2D, picture: TimelinePicture): void {
  const { scale, heightPx, nowMs, atMs, measure, colours } = picture;
  const nowX = xOf(scale, nowMs);
  if (nowX < scale.widthPx) {
    pen.fillStyle = colours.ground;
    pen.fillRect(nowX, 0, scale.widthPx - nowX, heightPx);
    pen.fillStyle = colours.strong;
    pen.fillRect(Math.round(nowX), 0, 1, heightPx);
  }
  if (measure) {
    const [a, b] = [xOf(scale, measure.fromMs), xOf(scale, measure.toMs)].sort((one, other) => one - other);
    pen.fillStyle = colours.ink;
    pen.globalAlpha = 0.12;
    pen.fillRect(a ?? 0, 0, (b ?? 0) - (a ?? 0), heightPx);
    pen.globalAlpha = 1;
  }
  const atX = xOf(scale, atMs);
  if (atX >= -2 && atX <= scale.widthPx + 2) {
    pen.fillStyle = colours.ink;
    pen.fillRect(Math.round(atX) - 1, 0, 2, heightPx);
  }
}

function tag(
  pen: CanvasRenderingContext2D,
  words: string,
  x: number,
  y: number,
  colours: TimelineColours,
): void {
  pen.font = `600 11px 'Inter Variable', sans-serif`;
  const width = pen.measureText(words).width + 16;
  pen.fillStyle = colours.ground;
  pen.strokeStyle = colours.strong;
  pen.fillRect(x - width / 2, y - 10, width, 20);
  pen.strokeRect(x - width / 2 + 0.5, y - 9.5, width - 1, 19);
  pen.fillStyle = colours.text;
  pen.textBaseline = 'middle';
  pen.textAlign = 'center';
  pen.fillText(words, x, y);
  pen.textAlign = 'start';
}
