import { healthStates } from '../../domain/model/health';
import { stateWords } from '../../domain/words/states';
import { wrapped } from './cell-text';
import { emptyLine, lineOf, ruled, type Ink, type Line } from './line';
import { glyphOf, toneOf } from './marks';

const keys: readonly (readonly [string, string])[] = [
  ['j k, arrows', 'Move. Page Up, Page Down, Home and End move further.'],
  ['Enter', 'Open the selected cluster or event.'],
  ['Esc, Backspace', 'Back. On the wall: show all again.'],
  ['a', 'Acknowledge the selected problem or outage.'],
  ['/', 'Find by name, site, cluster IP or edge.'],
  ['p', 'Problems only, or all.'],
  ['t', 'Show the states of another time.'],
  ['l', 'Back to now; in a file, to its end.'],
  ['e', 'Events of all clusters; on the page of a cluster, its own.'],
  [
    'f',
    'Timeline of the last failover or failback, or of the selected event. Left: the one before; right: the last.',
  ],
  ['Ctrl L', 'Draw the screen again.'],
  ['q', 'Back; on the wall, quit. Ctrl C quits at once.'],
];

/** All keys, what the marks mean, and how to read a bracket. */
export function helpLines(columns: number, ink: Ink): Line[] {
  const states = healthStates.filter((health) => health !== 'not-applicable');
  return [
    ruled('Keys', columns, ink),
    ...keys.flatMap(([key, what]) =>
      entry(lineOf(ink.cell(` ${key}`, 17, 'strong', { bold: true })), 17, what, columns, ink),
    ),
    emptyLine,
    ruled('States', columns, ink),
    ...states.flatMap((health) => {
      const head = lineOf(
        ink.text(` ${glyphOf(health, ink.ascii)} `, toneOf(health), { bold: true }),
        ink.cell(stateWords[health].word, 14, toneOf(health)),
      );
      return entry(head, 17, `${stateWords[health].meaning} ${stateWords[health].todo}`, columns, ink);
    }),
    emptyLine,
    ruled('Times', columns, ink),
    ...entry(
      lineOf(ink.cell(' [ ]', 17, 'strong')),
      17,
      'A change happened somewhere between these two readings: the last of the old state and the first of the new one.',
      columns,
      ink,
    ),
    ...entry(lineOf(ink.cell(' UNACK or *', 17, 'strong')), 17, 'Not acknowledged yet.', columns, ink),
  ];
}

function entry(head: Line, width: number, text: string, columns: number, ink: Ink): Line[] {
  const [first = '', ...more] = wrapped(ink.text(text).text, Math.max(10, columns - width - 1), 4, ink.ascii);
  return [
    lineOf(...head.spans, ink.text(first)),
    ...more.map((line) => lineOf(ink.text(' '.repeat(width)), ink.text(line))),
  ];
}
