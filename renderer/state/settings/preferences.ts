import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { z } from 'zod';
import { tableLayoutSchema } from './table-layout';
import { applyTheme, type ThemeChoice } from './theme';

const storageKey = 'heron.preferences';
/** Diagonals of screens. */
export const leastScreenInches = 7;
export const mostScreenInches = 200;

/** The user's preferences on this computer. An unreadable value falls back to its own default. */
const preferencesSchema = z.object({
  theme: z.enum(['system', 'dark', 'light', 'contrast']).catch('system'),
  zone: z.enum(['utc', 'local']).catch('utc'),
  /** Each table's current layout, and the saved ones by name. */
  tables: z
    .partialRecord(
      z.enum(['clusters', 'edges']),
      z.object({ layout: tableLayoutSchema, named: z.record(z.string().max(40), tableLayoutSchema) }),
    )
    .catch({}),
  /** Whether single letters (j, k, /, ?) work as shortcuts outside the table. */
  letterKeys: z.boolean().catch(true),
  /** The name shown on notes and acknowledgements; empty: the system's user name. */
  name: z.string().trim().max(80).catch(''),
  /** Diagonal of the screen that the wall is on, from which its text sizes follow; null: not known. */
  wallScreenInches: z.number().min(leastScreenInches).max(mostScreenInches).nullable().catch(null),
  /** Whether the wall has asked for it. */
  wallScreenAsked: z.boolean().catch(false),
  /** Whether the timeline shows its legend. */
  timelineLegend: z.boolean().catch(true),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** Reads stored preferences; broken or missing ones become defaults. */
export function readPreferences(text: string | null): Preferences {
  let stored: unknown = {};
  try {
    stored = text === null ? {} : JSON.parse(text);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
  }
  const read = preferencesSchema.safeParse(stored);
  return read.success ? read.data : preferencesSchema.parse({});
}

export const usePreferencesStore = defineStore('preferences', () => {
  const start = readPreferences(localStorage.getItem(storageKey));
  const theme = ref<ThemeChoice>(start.theme);
  const zone = ref(start.zone);
  const tables = ref(start.tables);
  const letterKeys = ref(start.letterKeys);
  const name = ref(start.name);
  const wallScreenInches = ref(start.wallScreenInches);
  const wallScreenAsked = ref(start.wallScreenAsked);
  const timelineLegend = ref(start.timelineLegend);

  const all = [theme, zone, tables, letterKeys, name, wallScreenInches, wallScreenAsked, timelineLegend];
  watch(all, () => {
    const kept: Preferences = {
      theme: theme.value,
      zone: zone.value,
      tables: tables.value,
      letterKeys: letterKeys.value,
      name: name.value,
      wallScreenInches: wallScreenInches.value,
      wallScreenAsked: wallScreenAsked.value,
      timelineLegend: timelineLegend.value,
    };
    localStorage.setItem(storageKey, JSON.stringify(kept));
  });
  watch(theme, applyTheme, { immediate: true });

  return { theme, zone, tables, letterKeys, name, wallScreenInches, wallScreenAsked, timelineLegend };
});
