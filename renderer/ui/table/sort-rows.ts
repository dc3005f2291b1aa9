import type { TableLayout } from '../../state/settings/table-layout';
import type { TableColumn } from './table-column';

type Sorting = TableLayout['sorting'];

/** Natural order of names: fra-2 before fra-10. */
const collator = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

/**
 * The rows in the order of the sorted columns, the first one first. `restOrder` breaks ties and is the order while no column is
 * sorted. A row whose value is unknown comes last in either direction. Of TanStack Table only this sorting was in use: its
 * columns have no drop order, and it makes an object per row at each reading.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  sorting: Sorting,
  restOrder: (a: Row, b: Row) => number,
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
    return restOrder(a, b);
  });
}

/** The sorting after a click on a heading: one way, the other way, not at all. `add` keeps the other sorted columns. */
export function toggledSorting<Row>(
  sorting: Sorting,
  { id, descendingFirst = false }: TableColumn<Row>,
  add: boolean,
): Sorting {
  const current = sorting.find((sort) => sort.id === id);
  const next = current ? { id, desc: !current.desc } : { id, desc: descendingFirst };
  const removed = current !== undefined && next.desc === descendingFirst;
  if (!add) return removed ? [] : [next];
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
