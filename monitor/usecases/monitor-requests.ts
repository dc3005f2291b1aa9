import { RequestRefused } from '../../domain/contract/request-refused';
import { addNote } from './add-note';
import type { RequestHandlers } from './answer-request';
import { causeFailover } from './cause-failover';
import { edgeAnswersOf } from './edge-answers';
import type { MonitorSession } from './monitor-session';

type MonitorRequest =
  'edge.answers' | 'cluster.acknowledge' | 'demo.start' | 'demo.failover' | 'monitor.pollAll' | 'note.add';

/** The handlers of requests to the running monitor. Each throws RequestRefused. */
export function monitorRequests(
  session: Pick<MonitorSession, 'current' | 'startDemo'>,
  clock: { nowMs(): number },
): Pick<RequestHandlers, MonitorRequest> {
  return {
    'demo.start': () => session.startDemo(),
    'monitor.pollAll': async () => {
      const result = (await session.current()).monitor.pollAll();
      if (result) return result;
      throw new RequestRefused({
        what: 'All edges were tried a moment ago.',
        where: 'Heron’s main process.',
        todo: 'Try again in a few seconds.',
      });
    },
    'demo.failover': () => causeFailover(session, clock),
    'edge.answers': async ({ edgeId }) => {
      const track = (await session.current()).monitor.edgeTrack(edgeId);
      return track && edgeAnswersOf(track);
    },
    'cluster.acknowledge': async ({ clusterId, ...acknowledgement }) => {
      const { monitor } = await session.current();
      if (monitor.acknowledge(clusterId, acknowledgement)) return;
      throw new RequestRefused({
        what: acknowledgement.withdrawn
          ? 'This problem is not acknowledged any more.'
          : 'There is no problem to acknowledge.',
        where: clusterId,
        todo: 'Check the state of the cluster: the problem may be over.',
      });
    },
    'note.add': async (note) => {
      const { history, monitor } = await session.current();
      return addNote(
        {
          history,
          nameOf: (id) => monitor.snapshot().clusters.find((row) => row.id === id)?.name ?? null,
          record: (event) => monitor.recordNote(event),
          refusal: () => (history.status().state === 'failing' ? history.status().words : null),
        },
        note,
        Math.round(clock.nowMs()),
      );
    },
  };
}
