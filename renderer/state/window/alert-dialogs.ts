import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { Alert } from '../../../domain/model/alert';
import type { AcknowledgedUntil, AlertMatcher } from '../../../domain/model/alert-rule';
import { useCommand } from '../../bridge/use-command';
import { shiftEnds } from '../../time/end-choices';
import { useAlertsStore } from '../live/alerts';
import { useOwnName } from '../settings/own-name';
import { usePreferencesStore } from '../settings/preferences';
import { useNowStore } from '../time/now';

/** The dialogs about alerts, which the list, keys and the palette open. */
export const useAlertDialogs = defineStore('alert-dialogs', () => {
  const alerts = useAlertsStore();
  const now = useNowStore();
  const ownName = useOwnName();
  const preferences = usePreferencesStore();
  const command = useCommand('alerts.acknowledge');
  /** The ids of the alerts to acknowledge; empty: the dialog is shut. */
  const acknowledging = shallowRef<readonly string[]>([]);
  /** What the new silence starts from; null: the dialog is shut. */
  const silencing = shallowRef<AlertMatcher | null>(null);

  function acknowledge(ids: readonly string[]): void {
    if (alerts.canAct) acknowledging.value = ids;
  }

  /** How long acknowledging at once holds, and in words, such as "22:00": the end of the shift. What is over needs no end. */
  function endAtOnce({ state }: Pick<Alert, 'state'>): { until: AcknowledgedUntil; words: string | null } {
    const [end] = shiftEnds(now.nowMs, preferences.zone);
    if (state === 'over' || !end) return { until: { kind: 'recovers' }, words: null };
    return { until: { kind: 'time', atMs: end.atMs }, words: end.words };
  }

  /** Acknowledges without asking; the dialog asks where nobody is known who does. */
  async function acknowledgeAtOnce(alert: Alert): Promise<void> {
    if (!alerts.canAct || command.busy.value) return;
    if (ownName.value === '') return acknowledge([alert.id]);
    await command.run({
      ...{ ids: [alert.id], by: ownName.value, words: '', until: endAtOnce(alert).until },
      ...{ sticky: false, assignee: null, withdrawn: false },
    });
  }

  function silence(matcher: AlertMatcher = {}): void {
    if (alerts.canAct) silencing.value = matcher;
  }

  function close(): void {
    acknowledging.value = [];
    silencing.value = null;
  }

  return {
    ...{ acknowledging, silencing, acknowledge, silence, close },
    ...{ endAtOnce, acknowledgeAtOnce, failure: command.failure },
  };
});
