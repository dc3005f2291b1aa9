import { computed, type WritableComputedRef } from 'vue';
import { usePreferencesStore } from '../../state/settings/preferences';
import { plainLayout, type TableLayout } from '../../state/settings/table-layout';

/** Tables whose layout is stored. */
export type TableName = 'clusters' | 'edges';

export interface StoredLayout {
  layout: WritableComputedRef<TableLayout>;
  /** Names of saved layouts, sorted. */
  names: Readonly<{ value: string[] }>;
  saveAs(name: string): void;
  apply(name: string): void;
  remove(name: string): void;
  reset(): void;
}

/** A table's current layout, and those saved under a name; both are stored in the preferences. */
export function useTableLayout(table: TableName): StoredLayout {
  const preferences = usePreferencesStore();
  const stored = computed(() => preferences.tables[table] ?? { layout: plainLayout, named: {} });
  const layout = computed({
    get: () => stored.value.layout,
    set: (changed) => put({ ...stored.value, layout: changed }),
  });
  function put(changed: { layout: TableLayout; named: Record<string, TableLayout> }): void {
    preferences.tables = { ...preferences.tables, [table]: changed };
  }
  return {
    layout,
    names: computed(() => Object.keys(stored.value.named).sort((a, b) => a.localeCompare(b, 'en-GB'))),
    saveAs: (name) => put({ ...stored.value, named: { ...stored.value.named, [name]: stored.value.layout } }),
    apply: (name) => {
      const found = stored.value.named[name];
      if (found) layout.value = found;
    },
    remove: (name) => {
      const { [name]: _removed, ...named } = stored.value.named;
      put({ ...stored.value, named });
    },
    reset: () => {
      layout.value = plainLayout;
    },
  };
}
