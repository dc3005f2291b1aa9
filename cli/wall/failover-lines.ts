import type { Bracket, FailoverEvent } from '../../domain/model/event';
import { lbRoleSchema, type LbRole } from '../../domain/model/role';
import { causeWords } from '../../domain/words/causes';
import { clockTenths, clockTime, longDate } from '../../domain/words/clock';
import { durationRange, preciseDuration } from '../../domain/words/duration';
import { roleWords } from '../../domain/words/roles';
import { wrapped } from './cell-text';
import { emptyLine, lineOf, type Ink, type Line, type Span } from './line';
import type { FailoverPicture, Size, WallData } from './wall-state';

/** How a role is drawn: a shape and its likeness in ASCII. */
const strokes: Readonly<Record<LbRole | 'uncertain' | 'none', readonly [shape: string, letter: string]>> = {
  master: ['█', 'M'],
  backup: ['─', 'b'],
  init: ['i', 'i'],
  fault: ['x', 'x'],
  unknown: ['?', '?'],
  uncertain: ['░', ':'],
  none: [' ', ' '],
  'not-applicable': [' ', ' '],
};

/** From UTC times to cells of a line. */
class Axis {
  constructor(
    readonly fromMs: number,
    readonly toMs: number,
    readonly cells: number,
  ) {}

  /** The cell in which a time lies, within the line. */
  cellAt(ms: number): number {
    const part = (ms - this.fromMs) / (this.toMs - this.fromMs);
    return Math.max(0, Math.min(this.cells - 1, Math.floor(part * this.cells)));
  }

  msAt(cell: number): number {
    return this.fromMs + ((this.toMs - this.fromMs) * (cell + 0.5)) / this.cells;
  }
}

/** The timeline of a failover: who held the role around it, and the bracket in which it moved. */
export function failoverLines(data: WallData, { columns, rows }: Size, ink: Ink): Line[] {
  const { failover } = data;
  if (failover === null) return [lineOf(ink.text(' Reading the failover.'))];
  if (failover === 'none') return [lineOf(ink.text(' No failover is recorded up to this time.'))];
  const words = wordLines(failover.event, data, columns, ink);
  const labels = Math.min(
    Math.max(9, ...failover.edges.map(({ name }) => ink.width(name))) + 1,
    Math.floor(columns / 3),
  );
  const axis = new Axis(failover.fromMs, failover.toMs, Math.max(10, columns - labels - 2));
  const picture = [
    axisLine(axis, labels, data.zone, ink),
    ...failover.edges.map((edge) => laneLine(failover, edge, axis, labels, ink)),
    bracketLine(failover.event.bracket, axis, labels, ink),
    legendLine(ink),
  ];
  const most = Math.max(4, rows - words.length - 1);
  // Of many edges the two of the failover and as many others as fit.
  const lanes = picture.slice(1, -2).slice(0, Math.max(2, most - 3));
  return [...words, emptyLine, ...picture.slice(0, 1), ...lanes, ...picture.slice(-2)];
}

function wordLines(event: FailoverEvent, { zone }: WallData, columns: number, ink: Ink): Line[] {
  const { bracket, gapMs, usersGapMs, cause, type, fromEdgeName, toEdgeName, oldRoleAfter } = event;
  const gap = durationRange(gapMs.atLeast, gapMs.atMost);
  const texts = [
    `${type === 'failover' ? 'Failover' : 'Failback'}, ${fromEdgeName} to ${toEdgeName}, ${longDate(bracket.firstNewMs, zone)}`,
    `Last seen before ${clockTenths(bracket.lastOldMs, zone, 'down')}, first seen after ${clockTenths(bracket.firstNewMs, zone, 'up')}: ${gap} without an active LB.`,
    usersGapMs
      ? `Users not served for ${durationRange(usersGapMs.atLeast, usersGapMs.atMost)}, measured.`
      : '',
    `${fromEdgeName} was ${roleWords[oldRoleAfter]} when ${toEdgeName} was first seen as MASTER.`,
    `Cause: ${causeWords[cause.kind]}. ${cause.evidence.join(' ')}`,
    `Polled every ${preciseDuration(event.pollIntervalMs)}.`,
  ];
  return texts
    .filter((text) => text !== '')
    .flatMap((text, index) =>
      wrapped(ink.text(text).text, columns - 2, 3, ink.ascii).map((line) =>
        lineOf(ink.text(` ${line}`, index < 2 ? 'strong' : 'text', { bold: index === 0 })),
      ),
    );
}

/** Times at the cells where they lie, as many as have room. */
function axisLine(axis: Axis, labels: number, zone: WallData['zone'], ink: Ink): Line {
  const step = Math.max(12, Math.floor(axis.cells / 5));
  let text = '';
  for (let cell = 0; cell + 8 <= axis.cells; cell += step)
    text = `${text.padEnd(cell)}${clockTime(axis.msAt(cell), zone)}`;
  return lineOf(ink.cell('', labels + 1), ink.text(text, 'quiet'));
}

function laneLine(
  { roles, changes, event }: FailoverPicture,
  edge: { id: string; name: string },
  axis: Axis,
  labels: number,
  ink: Ink,
): Line {
  const own = roles.filter(({ subjectId, kind }) => subjectId === edge.id && kind === 'lb-role');
  const brackets = changes.filter(({ edgeId }) => edgeId === edge.id).map(({ bracket }) => bracket);
  const states = Array.from({ length: axis.cells }, (_, cell) => {
    if (brackets.some((bracket) => isWithin(bracket, axis, cell))) return 'uncertain';
    const span = own.find(
      ({ fromMs, toMs }) => fromMs <= axis.msAt(cell) && axis.msAt(cell) < (toMs ?? Infinity),
    );
    const role = lbRoleSchema.safeParse(span?.state);
    return role.success ? role.data : 'none';
  });
  const isPart = edge.id === event.fromEdgeId || edge.id === event.toEdgeId;
  return lineOf(
    ink.text(' '),
    ink.cell(edge.name, labels, isPart ? 'strong' : 'quiet', { bold: isPart }),
    ...strokesOf(states, ink),
  );
}

/** A bracket takes at least one cell. */
function isWithin({ lastOldMs, firstNewMs }: Bracket, axis: Axis, cell: number): boolean {
  return cell >= axis.cellAt(lastOldMs) && cell <= axis.cellAt(firstNewMs);
}

function strokesOf(states: readonly (LbRole | 'uncertain' | 'none')[], ink: Ink): Span[] {
  return states.map((state) => {
    const tone =
      state === 'master' ? 'strong' : state === 'uncertain' || state === 'unknown' ? 'unknown' : 'quiet';
    return ink.text(strokes[state][ink.ascii ? 1 : 0], tone);
  });
}

/** The bracket of the failover, drawn below the lanes. */
function bracketLine({ lastOldMs, firstNewMs }: Bracket, axis: Axis, labels: number, ink: Ink): Line {
  const [from, to] = [axis.cellAt(lastOldMs), Math.max(axis.cellAt(lastOldMs) + 1, axis.cellAt(firstNewMs))];
  const inner = (ink.ascii ? '=' : '═').repeat(Math.max(0, to - from - 1));
  return lineOf(
    ink.text(' '),
    ink.cell('Bracket', labels, 'quiet'),
    ink.text(`${' '.repeat(from)}[${inner}]`, 'down', { bold: true }),
  );
}

function legendLine(ink: Ink): Line {
  const index = ink.ascii ? 1 : 0;
  const of = (key: keyof typeof strokes): string => strokes[key][index];
  return lineOf(
    ink.text(
      ` ${of('master')} MASTER  ${of('backup')} BACKUP  ${of('init')} INIT  ${of('unknown')} unknown  ${of('uncertain')} changed somewhere here  blank: not recorded`,
      'quiet',
    ),
  );
}
