import { healthStates } from '../../domain/model/health';
import { plural } from '../../domain/words/amount';
import { fleetWords } from '../../domain/words/fleet';
import { clockTime, longDate, zoneName } from '../../domain/words/clock';
import { blindnessOf } from '../../domain/fleet/judge-blindness';
import { blindConsequence, blindTitle } from '../../domain/words/blindness';
import { verdictOf } from '../../domain/words/verdict';
import { lineOf, ruled, spread, type Ink, type Line, type Span } from './line';
import { wrapped } from './cell-text';
import { glyphOf, shortWordOf, toneOf, wordOf } from './marks';
import type { WallData } from './wall-state';

/** Of each notice; more would take the room of the problems. */
const mostNoticeLines = 3;

/** Title and clock, the number of clusters in each state, and a rule; below it what impairs the whole picture. */
export function headerLines(data: WallData, title: string, columns: number, ink: Ink): Line[] {
  return [
    titleLine(data, title, columns, ink),
    countsLine(data, columns, ink),
    ruled('', columns, ink),
    ...noticeLines(data, columns, ink),
  ];
}

function titleLine(data: WallData, title: string, columns: number, ink: Ink): Line {
  const { nowMs, zone, snapshot, source } = data;
  const edges = snapshot.clusters.reduce((sum, cluster) => sum + cluster.edges.length, 0);
  const clock = [
    ink.text(longDate(nowMs, zone)),
    ink.text(`  ${clockTime(nowMs, zone)} ${zoneName(zone)}`, 'strong', { bold: true }),
  ];
  const chip = timeChip(data, ink);
  const name = [ink.text(' HERON  ', 'strong', { bold: true }), ink.text(title, 'strong', { bold: true })];
  const size = ink.text(`  ${fleetWords(snapshot.clusters)}, ${plural(edges, 'edge')}`);
  const from = ink.text(`  ${source}`, 'quiet');
  const [full, short] = [
    [...chip, ...clock],
    [...chip, ...clock.slice(1)],
  ];
  // The date goes before the source: that the fleet is a demonstration must be seen.
  const forms: [Span[], Span[]][] = [
    [[...name, size, from], full],
    [[...name, size, from], short],
    [[...name, size], full],
    [name, full],
  ];
  const fits = forms.find(([left, right]) => widths([...left, ...right], ink) < columns);
  const [left, right] = fits ?? [name.slice(0, 1), short];
  return spread(left, right, columns, ink);
}

/** LIVE needs no mark; any other time has one. */
function timeChip({ time }: WallData, ink: Ink): Span[] {
  if (time === 'live') return [];
  return [
    ink.text(time === 'past' ? '[PAST]' : '[ENDED]', 'strong', { bold: true, underlined: true }),
    ink.text('  '),
  ];
}

/** The longest form that fits: words, short words, or counts alone. */
function countsLine({ snapshot }: WallData, columns: number, ink: Ink): Line {
  const counts = healthStates.flatMap((health) => {
    const count = snapshot.clusters.filter((cluster) => cluster.health === health).length;
    return count === 0 ? [] : [{ health, count }];
  });
  const forms = [wordOf, shortWordOf, () => ''];
  const lines = forms.map((word) =>
    counts.flatMap(({ health, count }) => [
      ink.text(` ${glyphOf(health, ink.ascii)} `, toneOf(health), { bold: true }),
      ink.text(String(count), 'strong', { bold: true }),
      ink.text(` ${word(health)} `),
    ]),
  );
  const spans = lines.find((line) => widths(line, ink) <= columns) ?? lines.at(-1) ?? [];
  return lineOf(...spans);
}

/** What impairs the whole picture: no readings, what Heron itself does not see, a history that cannot be written. */
function noticeLines(data: WallData, columns: number, ink: Ink): Line[] {
  const glyph = glyphOf('unknown', ink.ascii);
  return noticesOf(data).flatMap((words) =>
    wrapped(ink.text(words).text, columns - 4, mostNoticeLines, ink.ascii).map((line, index) =>
      lineOf(
        ink.text(index === 0 ? ` ${glyph} ` : '   ', 'unknown'),
        ink.text(line, 'strong', { bold: index === 0 }),
      ),
    ),
  );
}

function noticesOf(data: WallData): string[] {
  const { snapshot, isStalled, time, zone } = data;
  const { monitor, clusters } = snapshot;
  const timeOfDay = (ms: number): string => clockTime(ms, zone);
  const history = time === 'live' && monitor.history.state === 'failing' ? [monitor.history.words] : [];
  const { care } = monitor.history;
  const damage =
    care !== null && (care.state === 'damaged' || care.state === 'recovering') ? [care.words] : [];
  const blind = isStalled ? [] : blindnessOf(snapshot);
  if (isStalled || isFirstReading(data) || (blind.length === 0 && monitor.state === 'blind')) {
    const { title, consequence } = verdictOf(snapshot, isStalled, timeOfDay);
    return [`${title}. ${consequence}`, ...history, ...damage];
  }
  const partly = monitor.state === 'partly-blind' && blind.length === 0 ? [monitor.words] : [];
  const unseen = blind.map((one) => {
    const { fact, detail } = blindConsequence(one, clusters);
    return `${blindTitle(one, timeOfDay)}. ${fact} ${detail}`;
  });
  return [...unseen, ...partly, ...history, ...damage];
}

function isFirstReading({ snapshot, time }: WallData): boolean {
  const { monitor, clusters } = snapshot;
  return (
    time === 'live' && monitor.state === 'starting' && clusters.some(({ health }) => health === 'unknown')
  );
}

function widths(spans: readonly Span[], ink: Ink): number {
  return spans.reduce((sum, { text }) => sum + ink.width(text), 0);
}
