import { computed, type WritableComputedRef } from 'vue';
import { usePreferencesStore } from '../../state/settings/preferences';
import { plainLayout, type TableLayout } from '../../state/settings/table-layout';

/** The tables that keep a layout. */
export type TableName = 'clusters' | 'edges';

export interface KeptLayout {
  layout: WritableComputedRef<TableLayout>;
  /** Names of kept layouts, in the order of names. */
  names: Readonly<{ value: string[] }>;
  keepAs(name: string): void;
  take(name: string): void;
  forget(name: string): void;
  reset(): void;
}

/** A table's layout as this person left it, and those kept under a name. */
export function useTableLayout(table: TableName): KeptLayout {
  const preferences = usePreferencesStore();
  const kept = computed(() => preferences.tables[table] ?? { layout: plainLayout, named: {} });
  const layout = computed({
    get: () => kept.value.layout,
    set: (changed) => put({ ...kept.value, layout: changed }),
  });
  function put(changed: { layout: TableLayout; named: Record<string, TableLayout> }): void {
    preferences.tables = { ...preferences.tables, [table]: changed };
  }
  return {
    layout,
    names: computed(() => Object.keys(kept.value.named).sort((a, b) => a.localeCompare(b, 'en-GB'))),
    keepAs: (name) => put({ ...kept.value, named: { ...kept.value.named, [name]: kept.value.layout } }),
    take: (name) => {
      const found = kept.value.named[name];
      if (found) layout.value = found;
    },
    forget: (name) => {
      const { [name]: _gone, ...named } = kept.value.named;
      put({ ...kept.value, named });
    },
    reset: () => {
      layout.value = plainLayout;
    },
  };
}
