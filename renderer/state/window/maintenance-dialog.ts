import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { PlannedWindow } from '../../../domain/maintenance/plan';
import type { MatchTerm } from '../../../domain/model/maintenance';
import { useFileStore } from '../live/file';
import { useTimeStore } from '../time/time';

/** What the dialog starts from: conditions of a new window, or the window to change. */
export type MaintenanceAsked = { terms: readonly MatchTerm[]; edits: null } | { edits: PlannedWindow };

/** The dialogs about maintenance, which pages and the palette can open. */
export const useMaintenanceStore = defineStore('maintenance', () => {
  const file = useFileStore();
  const time = useTimeStore();
  /** False while a file is open or the past is shown: what is planned is about now. */
  const canAsk = computed(() => !file.isOpen && time.live);
  const asked = shallowRef<MaintenanceAsked | null>(null);
  const isListOpen = shallowRef(false);

  /** A new window, about what has these names, or about whatever the person chooses. */
  function plan(terms: readonly MatchTerm[] = []): void {
    if (canAsk.value) asked.value = { terms, edits: null };
  }

  function edit(edits: PlannedWindow): void {
    if (canAsk.value) asked.value = { edits };
  }

  function close(): void {
    asked.value = null;
  }

  function showList(isOpen: boolean): void {
    isListOpen.value = isOpen;
  }

  return { asked, isListOpen, canAsk, plan, edit, close, showList };
});
