import { healthStates, isProblem } from '../../domain/model/health';
import type { ClusterView } from '../../domain/model/snapshot';
import { isUnacknowledged } from '../../domain/words/acknowledgements';
import { coarseDuration, stopwatch } from '../../domain/words/duration';
import { stateInSentence } from '../../domain/words/states';
import { consequenceWords } from '../../domain/words/verdict';
import { wrapped } from './cell-text';
import type { Item } from './items';
import { lineOf, type Ink, type Line, type Span, type Tone } from './line';
import { glyphOf, isCutOff, isLarge, toneOf, wordOf } from './marks';
import { barCells, shareBar } from './share-bar';

/** Widths of the columns of the problem rows; 0: left out. */
interface ProblemColumns {
  word: number;
  name: number;
  site: number;
  edges: number;
  bar: number;
  reason: number;
  time: number;
  who: number;
}

/** How many problems may have a second line: none, the worst states, or all. */
export type SecondLines = 'none' | 'large' | 'all';

const stopwatchMs = 10 * 60_000;
const mark = 3;
const leastReason = 24;
const widestName = 24;

/** The columns that fit: the share bar goes first, then the site. Names share one width. */
function problemColumns(clusters: readonly ClusterView[], columns: number, ink: Ink): ProblemColumns {
  const widest = (texts: readonly string[], most: number): number =>
    Math.min(most, Math.max(0, ...texts.map((text) => ink.width(text))));
  const fixed = {
    word: Math.max(...healthStates.filter(isProblem).map((health) => wordOf(health).length)),
    name: widest(
      clusters.map(({ name }) => name),
      Math.min(widestName, Math.floor(columns / 3)),
    ),
    edges: 5,
    time: 5,
    who: columns >= 96 ? 9 : 1,
  };
  const site = widest(
    clusters.map((cluster) => cluster.site ?? ''),
    columns >= 120 ? 24 : 13,
  );
  const { word, name, edges, time, who } = fixed;
  const rest = columns - mark - [word, name, edges, time, who].reduce((sum, width) => sum + width + 1, 0);
  const siteRoom = site === 0 ? 0 : site + 1;
  const bar = ink.ascii ? 0 : barCells;
  if (bar > 0 && rest - siteRoom - bar - 1 >= leastReason)
    return { ...fixed, site, bar, reason: rest - siteRoom - bar - 1 };
  if (rest - siteRoom >= leastReason) return { ...fixed, site, bar: 0, reason: rest - siteRoom };
  return { ...fixed, site: 0, bar: 0, reason: Math.max(8, rest) };
}

/** The problem rows of one screen, each made when it is needed. */
export class ProblemRows {
  readonly #widths: ProblemColumns;
  readonly #blocks = new Map<string, readonly Line[]>();

  constructor(
    private readonly problems: readonly Item[],
    private readonly options: { columns: number; selected: string | null; atMs: number },
    private readonly ink: Ink,
  ) {
    this.#widths = problemColumns(
      problems.map(({ cluster }) => cluster),
      options.columns,
      ink,
    );
  }

  lineCount(second: SecondLines): number {
    if (second === 'none') return this.problems.length;
    return this.problems.reduce((sum, item) => sum + this.#block(item, second).length, 0);
  }

  /** Whole problems in at most `room` lines, around the selected one; the last line counts what does not fit. */
  lines(second: SecondLines, room: number): Line[] {
    const { problems } = this;
    if (room <= 0 || problems.length === 0) return [];
    if (this.lineCount(second) <= room) return problems.flatMap((item) => this.#block(item, second));
    const fits = room - 1;
    const at = problems.findIndex(({ key }) => key === this.options.selected);
    const first = Math.max(0, Math.min(problems.length - fits, at - fits + 1));
    const shown = problems.slice(first, first + fits);
    const left = [...problems.slice(0, first), ...problems.slice(first + fits)];
    return [...shown.flatMap((item) => this.#block(item, 'none')), this.#moreLine(left)];
  }

  #moreLine(left: readonly Item[]): Line {
    const counts = healthStates.flatMap((health) => {
      const count = left.filter(({ cluster }) => cluster.health === health).length;
      return count === 0 ? [] : [`${count} ${stateInSentence(health)}`];
    });
    return lineOf(this.ink.text(` and ${counts.join(', ')} (j k)`, 'strong', { bold: true }));
  }

  #block(item: Item, second: SecondLines): readonly Line[] {
    const key = `${second} ${item.key}`;
    const known = this.#blocks.get(key);
    if (known) return known;
    const { selected, atMs } = this.options;
    const isSelected = item.key === selected;
    const made = problemLines(item, this.#widths, { selected: isSelected, second, atMs }, this.ink);
    this.#blocks.set(key, made);
    return made;
  }
}

/** The line, or two, of one problem. `atMs`: the time that is shown. */
function problemLines(
  { cluster }: Item,
  widths: ProblemColumns,
  options: { selected: boolean; second: SecondLines; atMs: number },
  ink: Ink,
): Line[] {
  const { second, selected, atMs } = options;
  const fill = isCutOff(cluster.health) ? 'cut-off' : 'none';
  const mayWrap = second === 'all' || (second === 'large' && isLarge(cluster.health));
  const [first = '', ...more] = wrapped(
    ink.text(reasonWords(cluster)).text,
    widths.reason,
    mayWrap ? (second === 'all' && isLarge(cluster.health) ? 3 : 2) : 1,
    ink.ascii,
  );
  const indent =
    mark +
    widths.word +
    1 +
    widths.name +
    1 +
    optional(widths.site) +
    widths.edges +
    1 +
    optional(widths.bar);
  return [
    { ...lineOf(...problemSpans(cluster, widths, first, selected, atMs, ink)), fill },
    ...more.map((text): Line => ({ ...lineOf(ink.text(' '.repeat(indent)), ink.text(text)), fill })),
  ];
}

function optional(width: number): number {
  return width === 0 ? 0 : width + 1;
}

function problemSpans(
  cluster: ClusterView,
  widths: ProblemColumns,
  reason: string,
  selected: boolean,
  atMs: number,
  ink: Ink,
): Span[] {
  const { health, name, site, sinceMs } = cluster;
  const tone = toneOf(health);
  const strong: Tone = isUnacknowledged(cluster) ? 'strong' : 'text';
  const gap = ink.text(' ');
  const cells = [
    ink.text(`${selected ? '>' : ' '}${glyphOf(health, ink.ascii)} `, tone, { bold: true }),
    ink.cell(wordOf(health), widths.word, tone, { bold: true }),
    gap,
    ink.cell(name, widths.name, 'strong', { bold: true, underlined: selected }),
    gap,
    ...(widths.site === 0 ? [] : [ink.cell(site ?? '', widths.site), gap]),
    ink.cell(edgesWords(cluster), widths.edges, 'strong'),
    gap,
    ...(widths.bar === 0
      ? []
      : [ink.cell(shareBar(cluster), widths.bar, tone === 'split' ? tone : 'text'), gap]),
    ink.cell(reason, widths.reason, strong, { bold: strong === 'strong' }),
    gap,
    ink.right(sinceMs === null ? '' : runningTime(atMs - sinceMs), widths.time, tone, { bold: true }),
    gap,
    whoSpan(cluster, widths.who, ink),
  ];
  return cells;
}

/** Who acknowledged the problem; in one column, a star if it is unacknowledged. */
function whoSpan(cluster: ClusterView, width: number, ink: Ink): Span {
  const open = isUnacknowledged(cluster);
  if (width === 1) return ink.cell(open ? '*' : ' ', 1, 'strong', { bold: true });
  const { acknowledged, newFaults } = cluster;
  if (acknowledged && newFaults.length > 0)
    return ink.cell(`+${newFaults.length} new`, width, 'strong', { bold: true });
  if (acknowledged) return ink.cell(acknowledged.by, width, 'quiet');
  return ink.cell(open ? 'UNACK' : '', width, 'strong', { bold: true });
}

/** The consequence for users first where they are cut off, then what is known of it. */
function reasonWords(cluster: ClusterView): string {
  const [reason] = cluster.reasons;
  if (!isLarge(cluster.health)) return reason?.fact ?? '';
  const fact = reason?.fact ?? '';
  const saysSo = !isCutOff(cluster.health) || /cut off/.test(fact);
  const consequence = saysSo ? '' : consequenceWords({ ...cluster, site: null }).trim();
  return [consequence, fact, reason?.detail ?? ''].filter(Boolean).join(' ');
}

/** "4/4", "?/8". */
export function edgesWords({ edgesUp, edgesTotal }: Pick<ClusterView, 'edgesUp' | 'edgesTotal'>): string {
  return `${edgesUp ?? '?'}/${edgesTotal}`;
}

/** To the second for ten minutes, then coarse: "9:02", "31 m", "2 h". */
export function runningTime(ms: number): string {
  return ms < stopwatchMs ? stopwatch(ms) : coarseDuration(ms);
}
