import { awayEventTypes, awayReport } from '../../domain/desk/away-report';
import type { AwayReport } from '../../domain/model/desk';
import type { RecordedEvent } from '../../domain/model/event';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';
import type { Desk } from '../desk/desk';

type DeskRequest = Extract<keyof RequestHandlers, `desk.${string}`>;

const pageSize = 2_000;
const mostPages = 5;

/** The handlers of notifications, sounds, closing, and what happened while the person was away. */
export function deskHandlers(
  desk: Desk,
  session: Pick<MonitorSession, 'running'>,
): Pick<RequestHandlers, DeskRequest> {
  return {
    'desk.status': () => desk.status(),
    'desk.set': (change) => desk.set(change),
    'desk.mute': ({ forMs }) => desk.mute(forMs),
    'desk.testNotification': () => desk.testNotification(),
    'desk.testSound': ({ severity }) => desk.sounds.test(severity),
    'desk.played': ({ words }) => desk.sounds.played(words),
    'desk.answerClose': ({ keepsMonitoring }) => desk.closing.answer(keepsMonitoring),
    'desk.setPerson': ({ name }) => {
      desk.presence.setPerson(name);
      desk.publish();
    },
    'desk.keepAwake': ({ on }) => desk.keepAwake.set(on),
    'desk.awaySeen': () => {
      desk.presence.seen();
      desk.publish();
    },
    'desk.away': async () => {
      const { unseen } = desk.presence;
      const { running } = session;
      if (unseen === null || running === null) return null;
      const { events, isCut } = await eventsOf(running.history, unseen);
      const report = awayReport(events, unseen, isCut);
      return isWorthShowing(report) ? report : null;
    },
  };
}

/** An absence in which nothing happened is no news. */
function isWorthShowing({ items, notMonitoredMs, isCut }: AwayReport): boolean {
  return items.length > 0 || notMonitoredMs > 0 || isCut;
}

async function eventsOf(
  history: { events(asked: Parameters<RequestHandlers['history.events']>[0]): Promise<RecordedEvent[]> },
  range: { fromMs: number; toMs: number },
): Promise<{ events: RecordedEvent[]; isCut: boolean }> {
  const events: RecordedEvent[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const read = await history.events({
      clusterId: null,
      types: [...awayEventTypes],
      range,
      beforeId: events.at(-1)?.id ?? null,
      limit: pageSize,
    });
    events.push(...read);
    if (read.length < pageSize) return { events, isCut: false };
  }
  return { events, isCut: true };
}
