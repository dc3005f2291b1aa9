import { getCoreRowModel, getSortedRowModel, useVueTable, type SortingState } from '@tanstack/vue-table';
import { computed, type Ref } from 'vue';
import type { ClusterView } from '../../domain/snapshot';
import { usePreferencesStore } from '../stores/preferences';
import { columnDefinitions, type ColumnId } from './columns';
import { compareWorstFirst } from './worst-first';

/** Sorts clusters by the columns a person chose; ties, and no choice at all, are worst first. */
export function useClusterSorting(clusters: Ref<readonly ClusterView[]>) {
  const preferences = usePreferencesStore();
  const worstFirst = computed(() => [...clusters.value].sort(compareWorstFirst));
  const sorting = computed<SortingState>(() => preferences.sorting);

  const table = useVueTable<ClusterView>({
    get data() {
      return worstFirst.value;
    },
    columns: columnDefinitions,
    getRowId: (cluster) => cluster.id,
    state: {
      get sorting() {
        return sorting.value;
      },
    },
    onSortingChange: (update) => {
      preferences.sorting = typeof update === 'function' ? update(sorting.value) : update;
    },
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });

  const sortedIds = computed(() => table.getRowModel().rows.map((row) => row.id));

  /** A click on a heading: one way, the other way, back to worst first. `add` keeps the other columns' sorting. */
  function sortBy(id: ColumnId, add: boolean): void {
    table.getColumn(id)?.toggleSorting(undefined, add);
  }

  return { sorting, sortedIds, sortBy };
}
