import type { RecordedEvent } from '../../domain/model/event';
import { eventMoment, fullMoment } from '../../domain/words/clock';
import { eventPlace, eventWords } from '../../domain/words/events';
import { wrapped } from './cell-text';
import { lineOf, ruled, type Ink, type Line } from './line';
import { glyphOf, toneOf } from './marks';
import type { Size, WallData } from './wall-state';

const timeWidth = 13;
const markWidth = 4;
const marks = { bracket: '[ ]', exact: ' | ', gap: '///' } as const;

/** A list of events, the latest first, and below it the selected one in full. */
export function eventLines(
  data: WallData,
  selected: number | null,
  { columns, rows }: Size,
  ink: Ink,
): Line[] {
  const { events } = data;
  if (events === null) return [lineOf(ink.text(' Reading events.'))];
  if (events.length === 0) return [lineOf(ink.text(' No events up to this time.'))];
  const at = selectedIndex(events, selected);
  const current = events[at];
  const detail = current
    ? detailLines(data, current, columns, ink).slice(0, Math.max(2, Math.floor(rows / 3)))
    : [];
  const room = Math.max(1, rows - detail.length);
  const first = Math.max(0, Math.min(events.length - room, at - Math.floor(room / 2)));
  const places = Math.min(24, Math.max(...events.map(({ event }) => ink.width(eventPlace(event)))));
  const lines = events
    .slice(first, first + room)
    .map((recorded) => eventLine(data, recorded, recorded.id === current?.id, { places, columns }, ink));
  const gap = Array.from({ length: Math.max(0, room - lines.length) }, () => lineOf());
  return [...lines, ...gap, ...detail];
}

/** The place of the selected event; the latest where it is not among them. */
export function selectedIndex(events: readonly RecordedEvent[], selected: number | null): number {
  return Math.max(
    0,
    events.findIndex(({ id }) => id === selected),
  );
}

function eventLine(
  { nowMs, zone }: WallData,
  { event }: RecordedEvent,
  isSelected: boolean,
  { places, columns }: { places: number; columns: number },
  ink: Ink,
): Line {
  const words = eventWords(event, zone);
  const room = columns - 1 - timeWidth - markWidth - places - 1 - 2;
  return lineOf(
    ink.text(isSelected ? '>' : ' ', 'strong', { bold: true }),
    ink.cell(eventMoment(event.timeMs, nowMs, zone), timeWidth, isSelected ? 'strong' : 'text'),
    ink.text(`${marks[words.mark]} `, words.health === null ? 'quiet' : toneOf(words.health)),
    ink.cell(eventPlace(event), places, 'strong'),
    ink.text(
      ` ${words.health === null ? ' ' : glyphOf(words.health, ink.ascii)}`,
      words.health === null ? 'quiet' : toneOf(words.health),
    ),
    ink.cell(` ${words.title}`, Math.max(1, room), isSelected ? 'strong' : 'text', {
      bold: isSelected,
      underlined: false,
    }),
  );
}

function detailLines({ zone }: WallData, { event, id }: RecordedEvent, columns: number, ink: Ink): Line[] {
  const words = eventWords(event, zone);
  const texts = [
    words.title,
    ...words.lines,
    `Event ${id}, ${fullMoment(event.timeMs, zone)}, recorded ${fullMoment(event.recordedAtMs, zone)}.`,
  ];
  return [
    ruled('', columns, ink),
    ...texts.flatMap((text, index) =>
      wrapped(ink.text(text).text, columns - 2, 3, ink.ascii).map((line) =>
        lineOf(ink.text(` ${line}`, index === 0 ? 'strong' : 'text', { bold: index === 0 })),
      ),
    ),
  ];
}
