import type { TableLayout } from '../../state/settings/table-layout';
import type { TableColumn } from './table-column';

type Sorting = TableLayout['sorting'];

/** Natural order of names: fra-2 before fra-10. */
const collator = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

/**
 * Sorts rows by the chosen columns in order. `defaultOrder` breaks ties and applies while no column is sorted. Rows whose
 * value is unknown come last in either direction. TanStack Table was dropped: it has no drop order for columns, and builds an
 * object per row at each reading.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  sorting: Sorting,
  defaultOrder: (a: Row, b: Row) => number,
): Row[] {
  const orders = sorting.flatMap(({ id, desc }) => {
    const column = columns.find((one) => one.id === id);
    return column ? [orderBy(column, desc)] : [];
  });
  return [...rows].sort((a, b) => {
    for (const order of orders) {
      const result = order(a, b);
      if (result !== 0) return result;
    }
    return defaultOrder(a, b);
  });
}

/**
 * The sorting after a click on a heading: one direction, the other, none. `add` keeps the other sorted columns. While no column is sorted,
 * rows are in the ascending order of the default column, so the first click on that one turns it round.
 */
export function toggledSorting<Row>(
  sorting: Sorting,
  { id, descendingFirst = false }: TableColumn<Row>,
  add: boolean,
  defaultColumn: string,
): Sorting {
  const isAtRest = sorting.length === 0 && id === defaultColumn;
  const current = isAtRest ? { id, desc: false } : sorting.find((sort) => sort.id === id);
  const next = current ? { id, desc: !current.desc } : { id, desc: descendingFirst };
  const removed = current !== undefined && next.desc === descendingFirst;
  if (!add || isAtRest) return removed ? [] : [next];
  if (!current) return [...sorting, next];
  return sorting.flatMap((sort) => (sort !== current ? [sort] : removed ? [] : [next]));
}

function orderBy<Row>(column: TableColumn<Row>, desc: boolean): (a: Row, b: Row) => number {
  const sign = desc ? -1 : 1;
  return (a, b) => {
    const [keyA, keyB] = [column.sortKey(a), column.sortKey(b)];
    if (keyA === undefined || keyB === undefined)
      return Number(keyA === undefined) - Number(keyB === undefined);
    return sign * (column.compare ? column.compare(a, b) : compareKeys(keyA, keyB));
  };
}

function compareKeys(a: string | number, b: string | number): number {
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b);
  return Number(a) - Number(b);
}
