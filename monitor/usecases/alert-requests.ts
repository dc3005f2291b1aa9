import type { alertCommands, alertQueries } from '../../domain/contract/alerts';
import { RequestRefused } from '../../domain/contract/request-refused';
import type { RequestHandlers } from './answer-request';
import { alertsAt } from '../alerts/earlier-alerts';
import type { CurrentHistoryOf } from './current-history';
import type { MonitorSession } from './monitor-session';

type AlertRequest = keyof typeof alertQueries | keyof typeof alertCommands;

/** The handlers of requests about alerts. Each throws RequestRefused. */
export function alertRequests(
  session: Pick<MonitorSession, 'current'>,
  currentHistory: CurrentHistoryOf,
  clock: { nowMs(): number },
): Pick<RequestHandlers, AlertRequest> {
  const alerts = async () => (await session.current()).monitor.alerts;
  return {
    'alerts.list': async ({ atMs }) => {
      const { mode, history, nowMs } = await currentHistory();
      if (atMs === null && mode !== 'audit') return (await alerts()).list();
      return alertsAt(history, Math.round(atMs ?? nowMs()));
    },
    'alerts.previewSilence': async ({ matcher }) => (await alerts()).preview(matcher),
    'alerts.acknowledge': async (input) => {
      const { until } = input;
      if (!input.withdrawn && until.kind === 'time' && until.atMs <= clock.nowMs())
        throw refused(
          'The acknowledgement would have ended already.',
          'until',
          'Choose a time in the future.',
        );
      if ((await alerts()).acknowledge(input)) return;
      throw refused(
        input.withdrawn
          ? 'These alerts are not acknowledged any more.'
          : 'There is nothing to acknowledge any more.',
        'The list of alerts.',
        'Look at the list again: the alerts may be over.',
      );
    },
    'alerts.addSilence': async ({ matchesEverythingIsMeant, ...input }) => {
      if (input.endsMs <= clock.nowMs())
        throw refused('The silence would have ended already.', 'endsMs', 'Choose an end in the future.');
      const service = await alerts();
      if (service.preview(input.matcher).matchesEverything && !matchesEverythingIsMeant)
        throw refused(
          'This silence matches every cluster: no alert at all would be notified.',
          'matcher',
          'Narrow it to clusters, sites, edges or rules, or confirm that all are meant.',
        );
      return service.addSilence(input);
    },
    'alerts.endSilence': async ({ id, by }) => {
      if ((await alerts()).endSilence(id, by)) return;
      throw refused('This silence is not in force any more.', id, 'Look at the list of silences again.');
    },
  };
}

function refused(what: string, where: string, todo: string): RequestRefused {
  return new RequestRefused({ what, where, todo });
}
