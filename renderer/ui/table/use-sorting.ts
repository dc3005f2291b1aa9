import {
  getCoreRowModel,
  getSortedRowModel,
  useVueTable,
  type ColumnDef,
  type SortingState,
} from '@tanstack/vue-table';
import { computed, type Ref } from 'vue';
import type { TableColumn } from './table-column';

interface Identified {
  id: string;
}

/** Natural order of names: fra-2 before fra-10. */
const collator = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

/**
 * Sorts rows by the columns a person chose. `restOrder` breaks ties and is the order when nothing is chosen. `sorting` is where
 * the choice is kept.
 */
export function useSorting<Row extends Identified>(
  rows: Ref<readonly Row[]>,
  columns: readonly TableColumn<Row>[],
  restOrder: (a: Row, b: Row) => number,
  sorting: Ref<SortingState>,
) {
  const rest = computed(() => [...rows.value].sort(restOrder));
  const table = useVueTable<Row>({
    get data() {
      return rest.value;
    },
    columns: columns.map(definition),
    getRowId: (row) => row.id,
    state: {
      get sorting() {
        return sorting.value;
      },
    },
    onSortingChange: (update) => {
      sorting.value = typeof update === 'function' ? update(sorting.value) : update;
    },
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  // At rest the library would make an object for each row, of which nothing is used.
  const sortedIds = computed(() =>
    sorting.value.length === 0
      ? rest.value.map(({ id }) => id)
      : table.getRowModel().rows.map((row) => row.id),
  );

  /** A click on a heading: one way, the other way, back to the order of rest. `add` keeps the other columns' sorting. */
  function sortBy(id: string, add: boolean): void {
    table.getColumn(id)?.toggleSorting(undefined, add);
  }

  return { sortedIds, sortBy };
}

function definition<Row extends Identified>(column: TableColumn<Row>): ColumnDef<Row> {
  const { compare } = column;
  return {
    id: column.id,
    header: column.title,
    sortUndefined: 'last',
    sortDescFirst: column.descendingFirst ?? false,
    accessorFn: (row) => column.sortKey(row),
    sortingFn: (a, b) =>
      compare
        ? compare(a.original, b.original)
        : compareKeys(column.sortKey(a.original), column.sortKey(b.original)),
  };
}

function compareKeys(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return 0;
}
