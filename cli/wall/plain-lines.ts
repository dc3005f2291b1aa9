import type { HeronEventType, RecordedEvent } from '../../domain/model/event';
import { fullMoment } from '../../domain/words/clock';
import { eventPlace, eventWords } from '../../domain/words/events';
import { statusLine } from './footer-lines';
import { headerLines } from './header-lines';
import { bodyLines } from './body-lines';
import { lineOf, type Ink, type Line } from './line';
import { firstUi, type WallData } from './wall-state';

/** What is printed as it happens: of clusters and of Heron, not each edge's own changes. */
export const plainEventTypes: HeronEventType[] = [
  'start',
  'cluster-state',
  'failover',
  'failback',
  'cause-corrected',
  'no-active-lb',
  'split-brain',
  'flapping',
  'users-gap',
  'gap',
  'finding',
];

/** More lines than any fleet has: everything is printed. */
const allRows = 100_000;

/** The wall as plain text, without a limit of lines. */
export function plainWall(data: WallData, columns: number, ink: Ink): string[] {
  return [
    ...headerLines(data, 'All sites', columns, ink),
    ...bodyLines(data, { ...firstUi, selected: 'none' }, { columns, rows: allRows }, ink).lines,
    lineOf(),
    statusLine(data, columns, ink),
  ].map(plainText);
}

/** An event as one line. */
export function plainEvent({ event }: RecordedEvent, zone: WallData['zone'], ink: Ink): string {
  const { title, lines } = eventWords(event, zone);
  const words = [title.replace(/[.]$/, ''), ...lines.map((line) => line.replace(/[.]$/, ''))].join('. ');
  return plainText(lineOf(ink.text(`${fullMoment(event.timeMs, zone)}  ${eventPlace(event)}  ${words}.`)));
}

function plainText({ spans }: Line): string {
  return spans
    .map(({ text }) => text)
    .join('')
    .trimEnd();
}
