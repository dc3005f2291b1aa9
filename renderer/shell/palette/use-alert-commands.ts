import { computed, type ComputedRef } from 'vue';
import { alertHealth, alertName, alertWord, standingOf } from '../../../domain/words/alert-list';
import { plural } from '../../../domain/words/amount';
import { useAlertsStore } from '../../state/live/alerts';
import { useAlertDialogs } from '../../state/window/alert-dialogs';
import { command, type Command } from './commands';

/** More are in the list of alerts. */
const mostAlerts = 50;

/** What can be done about alerts: acknowledge one or all, silence something. None in the past and in files. */
export function useAlertCommands(): ComputedRef<Command[]> {
  const alerts = useAlertsStore();
  const dialogs = useAlertDialogs();
  return computed(() => {
    if (!alerts.canAct) return [];
    const open = (alerts.live?.alerts ?? []).filter((alert) => standingOf(alert) === 'unacknowledged');
    return [
      command({
        id: 'silence',
        group: 'Do',
        title: 'Silence alerts…',
        detail: 'hold back what a pattern matches, until an end',
        run: () => dialogs.silence(),
      }),
      ...(open.length > 1
        ? [
            command({
              id: 'acknowledge all',
              group: 'Do',
              title: `Acknowledge all ${plural(open.length, 'alert')}…`,
              run: () => dialogs.acknowledge(open.map(({ id }) => id)),
            }),
          ]
        : []),
      ...open.slice(0, mostAlerts).map((alert) =>
        command({
          id: `acknowledge alert ${alert.id}`,
          group: 'Do',
          title: `Acknowledge alert: ${alertWord(alert)}, ${alertName(alert)}…`,
          detail: alert.words,
          health: alertHealth(alert),
          run: () => dialogs.acknowledge([alert.id]),
        }),
      ),
    ];
  });
}
