import type { ClusterView } from '../../domain/model/snapshot';
import { age } from '../../domain/words/duration';
import { stateInSentence } from '../../domain/words/states';
import { lineOf, type Ink, type Line, type Span } from './line';
import { widthOf } from './cell-text';
import type { Prompt, WallData } from './wall-state';

/** A key and what it does. */
export type KeyHint = readonly [key: string, what: string];

const promptWords: Readonly<Record<Prompt['kind'], string>> = {
  time: 'Time in UTC, such as 14:02, -5m or 2026-11-22 14:02 (empty: now):',
  find: 'Find:',
  acknowledge: 'Comment (may be empty), Enter acknowledges:',
};

/** How fresh the data is, and Heron's own condition. */
export function statusLine(data: WallData, columns: number, ink: Ink): Line {
  const parts = [freshness(data, ink), own(data, ink), legend(ink)];
  return fitting(parts, columns);
}

function freshness({ snapshot, nowMs, time }: WallData, ink: Ink): Span[] {
  if (time !== 'live') return [ink.text(' '), ink.text('states as recorded at that time', 'text')];
  const oldest = oldestOf(snapshot.clusters);
  if (oldest === null) return [ink.text(' no answers yet')];
  return [
    ink.text(' Oldest data '),
    ink.text(age(nowMs - oldest.atMs), 'strong', { bold: true }),
    ink.text(` ${oldest.name}`),
  ];
}

function oldestOf(clusters: readonly ClusterView[]): { name: string; atMs: number } | null {
  let oldest: { name: string; atMs: number } | null = null;
  for (const { name, oldestAnswerMs, health } of clusters)
    if (oldestAnswerMs !== null && health !== 'disabled' && (oldest === null || oldestAnswerMs < oldest.atMs))
      oldest = { name, atMs: oldestAnswerMs };
  return oldest;
}

function own({ snapshot, isStalled, time, source }: WallData, ink: Ink): Span[] {
  const { state, lagMs } = snapshot.monitor;
  if (time !== 'live') return [ink.text(`   ${source}`)];
  return [
    ink.text('   Heron '),
    ink.text(isStalled ? 'stalled' : state, 'strong', { bold: true }),
    ink.text(isStalled ? '' : `, lag ${age(lagMs)}`),
  ];
}

function legend(ink: Ink): Span[] {
  return ink.ascii
    ? [ink.text('   * unacknowledged')]
    : [
        ink.text('   bars: share, '),
        ink.text('░░', 'quiet'),
        ink.text(` no data   filled: ${stateInSentence('no-active-lb')} or down`),
      ];
}

/** The keys as they work here: where a history is only read, the foot says so in place of acknowledging. */
export function hintsHere(hints: readonly KeyHint[], { isReadOnly }: WallData): readonly KeyHint[] {
  if (!isReadOnly) return hints;
  return hints.map((hint) => (hint[0] === 'a' ? ['a', 'not here: read-only'] : hint));
}

/** The keys that fit, the first ones first. */
export function keysLine(hints: readonly KeyHint[], columns: number, ink: Ink): Line {
  return fitting(
    hints.map(([key, what]) => [
      ink.text(` ${key}`, 'strong', { bold: true }),
      ink.text(` ${what}${ink.ascii ? ' ' : '  '}`),
    ]),
    columns,
  );
}

/** The line that is being typed, its end where it does not fit. */
export function promptLine({ kind, text }: Prompt, columns: number, ink: Ink): Line {
  const typed = ink.text(text, 'strong', { bold: true });
  const question = ink.text(` ${promptWords[kind]} `);
  const room = columns - widthOf(question.text) - 1;
  const characters = Array.from(typed.text);
  while (characters.length > 0 && widthOf(characters.join('')) > Math.max(0, room)) characters.shift();
  return lineOf(question, { ...typed, text: characters.join('') }, ink.text('_'));
}

export function messageLine(words: string, ink: Ink): Line {
  return lineOf(ink.text(` ${words}`, 'strong', { bold: true }));
}

/** As many parts as fit. */
function fitting(parts: readonly (readonly Span[])[], columns: number): Line {
  const spans: Span[] = [];
  let left = columns;
  for (const part of parts) {
    const width = part.reduce((sum, { text }) => sum + widthOf(text), 0);
    if (width > left) break;
    spans.push(...part);
    left -= width;
  }
  return lineOf(...spans);
}
