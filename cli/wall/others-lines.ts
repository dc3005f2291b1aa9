import type { Item } from './items';
import { healthStates, type Health } from '../../domain/model/health';
import { inSentence } from '../../domain/words/states';
import { emptyLine, lineOf, type Ink, type Line, type Span } from './line';
import { glyphOf, toneOf, wordOf } from './marks';

/** Where the others stand: how many columns, and how wide one is. */
export interface Grid {
  columns: number;
  cell: number;
}

const glyphWidth = 3;
const leastCell = 10;

/** A column fits nine of ten names; a longer one takes the cells it needs, since a name is never cut. */
export function gridOf(others: readonly Item[], columns: number, ink: Ink): Grid {
  const widths = others.map(({ cluster }) => ink.width(cluster.name)).sort((a, b) => a - b);
  const usual = widths[Math.floor((widths.length - 1) * 0.9)] ?? 0;
  const cell = Math.max(leastCell, Math.min(columns, usual + glyphWidth + 1));
  return { columns: Math.max(1, Math.floor(columns / cell)), cell };
}

/** The rows of the grid. */
export function gridRows(others: readonly Item[], grid: Grid, ink: Ink): Item[][] {
  const rows: Item[][] = [];
  let [row, used]: [Item[], number] = [[], 0];
  for (const item of others) {
    const cells = cellsOf(item, grid, ink);
    if (used + cells > grid.columns && row.length > 0) {
      rows.push(row);
      [row, used] = [[], 0];
    }
    row.push(item);
    used += cells;
  }
  return row.length > 0 ? [...rows, row] : rows;
}

function cellsOf({ cluster }: Item, { columns, cell }: Grid, ink: Ink): number {
  return Math.min(columns, Math.ceil((ink.width(cluster.name) + glyphWidth) / cell));
}

function gridLine(row: readonly Item[], grid: Grid, selected: string | null, ink: Ink): Line {
  return lineOf(
    ...row.flatMap((item): Span[] => {
      const { health, name } = item.cluster;
      const isSelected = item.key === selected;
      const width = cellsOf(item, grid, ink) * grid.cell - glyphWidth;
      const tone = health === 'disabled' ? 'quiet' : 'text';
      const shown = Math.min(width, ink.width(name));
      return [
        ink.text(`${isSelected ? '>' : ' '}${glyphOf(health, ink.ascii)} `, toneOf(health), {
          bold: isSelected,
        }),
        ink.cell(name, shown, tone, { bold: isSelected, underlined: isSelected }),
        ink.text(' '.repeat(width - shown)),
      ];
    }),
  );
}

/** The grid in at most `room` lines, around the selected one; what does not fit is counted in the last line. */
export function othersLines(
  others: readonly Item[],
  room: number,
  columns: number,
  selected: string | null,
  ink: Ink,
): Line[] {
  if (room <= 0 || others.length === 0) return [];
  const grid = gridOf(others, columns, ink);
  const rows = gridRows(others, grid, ink);
  if (rows.length <= room) return rows.map((row) => gridLine(row, grid, selected, ink));
  const shown = Math.max(0, room - 1);
  const at = rows.findIndex((row) => row.some(({ key }) => key === selected));
  const first = Math.max(0, Math.min(rows.length - shown, at - Math.floor(shown / 2)));
  const visible = rows.slice(first, first + shown);
  const left = new Set(visible.flat());
  return [
    ...visible.map((row) => gridLine(row, grid, selected, ink)),
    moreLine(
      others.filter((item) => !left.has(item)),
      left.size > 0,
      ink,
    ),
  ];
}

function moreLine(items: readonly Item[], someShown: boolean, ink: Ink): Line {
  const counts = healthStates.flatMap((health: Health) => {
    const count = items.filter(({ cluster }) => cluster.health === health).length;
    return count === 0 ? [] : [`${count} ${inSentence(wordOf(health))}`];
  });
  return counts.length === 0
    ? emptyLine
    : lineOf(ink.text(` ${someShown ? 'and ' : ''}${counts.join(', ')}`, 'quiet'));
}
