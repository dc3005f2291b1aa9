import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { AlertMatcher } from '../../../domain/model/alert-rule';
import { useAlertsStore } from '../live/alerts';

/** The dialogs about alerts, which the list, keys and the palette open. */
export const useAlertDialogs = defineStore('alert-dialogs', () => {
  const alerts = useAlertsStore();
  /** The ids of the alerts to acknowledge; empty: the dialog is shut. */
  const acknowledging = shallowRef<readonly string[]>([]);
  /** What the new silence starts from; null: the dialog is shut. */
  const silencing = shallowRef<AlertMatcher | null>(null);

  function acknowledge(ids: readonly string[]): void {
    if (alerts.canAct) acknowledging.value = ids;
  }

  function silence(matcher: AlertMatcher = {}): void {
    if (alerts.canAct) silencing.value = matcher;
  }

  function close(): void {
    acknowledging.value = [];
    silencing.value = null;
  }

  return { acknowledging, silencing, acknowledge, silence, close };
});
