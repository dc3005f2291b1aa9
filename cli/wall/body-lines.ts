import { plural } from '../../domain/words/amount';
import { itemsOf, selectedItem, type WallItems } from './items';
import { emptyLine, lineOf, ruled, type Ink, type Line } from './line';
import { outageLines } from './outage-lines';
import { gridOf, gridRows, othersLines } from './others-lines';
import { othersTable } from './others-table';
import { ProblemRows, type SecondLines } from './problem-rows';
import type { Screenful, Size, WallData, WallUi } from './wall-state';

/** How the room between header and footer is shared out, in lines with titles and gaps. */
interface Plan {
  second: SecondLines;
  problems: number;
  outages: number;
  others: number;
  /** The others as a table, a line each; else as a grid of names. */
  isTable: boolean;
  gaps: boolean;
}

/** How many lines each part would take. */
interface Wishes {
  problemLines(second: SecondLines): number;
  problems: number;
  outages: number;
  others: number;
  gridLines: number;
}

/** Problems, outages and the others, in at most `size.rows` lines: problems first, then outages, then the others. */
export function bodyLines(data: WallData, ui: WallUi, size: Size, ink: Ink): Screenful {
  const { columns } = size;
  const items = itemsOf(data.snapshot.clusters, ui);
  const { problems, outages, others } = items;
  const filter = filterLines(items, ui, ink);
  const room = Math.max(0, size.rows - filter.length);
  if (problems.length + outages.length + others.length === 0)
    return { lines: [...filter, lineOf(ink.text(emptyWords(data, ui)))], gridColumns: 1 };
  const selected = selectedItem(items, ui.selected)?.key ?? null;
  const rows = new ProblemRows(problems, { columns, selected, atMs: data.nowMs }, ink);
  const grid = gridOf(others, columns, ink);
  const plan = planOf(
    {
      problemLines: (second) => rows.lineCount(second),
      problems: problems.length,
      outages: outages.length,
      others: others.length,
      gridLines: others.length > grid.columns * room ? Infinity : gridRows(others, grid, ink).length,
    },
    room,
  );
  const gapBefore = (isAny: boolean, lines: Line[]): Line[] =>
    plan.gaps && isAny && lines.length > 0 ? [emptyLine, ...lines] : lines;
  const shown = rows.lines(plan.second, plan.problems);
  const memory = outageLines(data, outages, plan.outages, columns, selected, ink);
  const title = problems.length > 0 ? 'The others' : 'No problems';
  const rest = plan.isTable
    ? [ruled(title, columns, ink), ...othersTable(data, others, columns, selected, ink)]
    : [
        ...(plan.others >= 2 ? [ruled(title, columns, ink)] : []),
        ...othersLines(others, plan.others - (plan.others >= 2 ? 1 : 0), columns, selected, ink),
      ];
  const lines = [
    ...filter,
    ...shown,
    ...gapBefore(shown.length > 0, memory),
    ...gapBefore(shown.length + memory.length > 0, others.length === 0 ? [] : rest),
  ];
  return { lines, gridColumns: plan.isTable ? 1 : grid.columns };
}

/** Says what the search and the filter hide. */
function filterLines({ hidden }: WallItems, { find, problemsOnly }: WallUi, ink: Ink): Line[] {
  if (find === '' && !problemsOnly) return [];
  const what = [find === '' ? '' : `found "${find}"`, problemsOnly ? 'problems only' : ''];
  const words = ` ${what.filter(Boolean).join(', ')}: ${plural(hidden, 'cluster')} hidden (Esc shows all)`;
  return [lineOf(ink.text(words, 'strong'))];
}

function emptyWords({ snapshot }: WallData, { find }: WallUi): string {
  if (snapshot.clusters.length === 0) return ' No cluster was configured at this time.';
  return find === '' ? ' No problems.' : ' Nothing fits. Esc shows all.';
}

/**
 * As generous as the room allows: second lines and the others as a table; then a grid; then fewer second lines, no gaps; then fewer of the
 * others, of the outages, and at last of the problems.
 */
function planOf(wishes: Wishes, room: number): Plan {
  if (wishes.problems < room)
    for (const second of ['all', 'large', 'none'] as const)
      for (const [isTable, gaps] of [
        [true, true],
        [false, true],
        [false, false],
      ] as const) {
        const plan = generousPlan(wishes, second, isTable, gaps);
        if (plan.problems + plan.outages + plan.others + gapCount(plan) <= room) return plan;
      }
  const large = wishes.problems < room ? wishes.problemLines('large') : Infinity;
  const second = large <= Math.floor(room / 2) ? 'large' : 'none';
  const problems = Math.min(room, second === 'large' ? large : wishes.problems);
  const wanted = wishes.outages === 0 ? 0 : wishes.outages + 1;
  const outages = Math.min(room - problems, wanted, Math.max(2, Math.floor(room / 3)));
  return { second, problems, outages, others: room - problems - outages, isTable: false, gaps: false };
}

function generousPlan(wishes: Wishes, second: SecondLines, isTable: boolean, gaps: boolean): Plan {
  const othersLength = isTable ? wishes.others : wishes.gridLines;
  return {
    second,
    problems: wishes.problemLines(second),
    outages: wishes.outages === 0 ? 0 : wishes.outages + 1,
    others: wishes.others === 0 ? 0 : othersLength + 1,
    isTable,
    gaps,
  };
}

/** Empty lines between the parts. */
function gapCount({ problems, outages, others, gaps }: Plan): number {
  if (!gaps) return 0;
  return Math.max(0, [problems, outages, others].filter((lines) => lines > 0).length - 1);
}
