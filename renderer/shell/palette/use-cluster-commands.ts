import { computed, type ComputedRef } from 'vue';
import { useRouter } from 'vue-router';
import { isProblem } from '../../../domain/model/health';
import { outagesTogether } from '../../../domain/model/outage';
import { outagePredicate } from '../../../domain/words/outages';
import { sentence } from '../../../domain/words/sentence';
import { fullMoment } from '../../../domain/words/clock';
import type { ClusterView } from '../../../domain/model/snapshot';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useTimeStore } from '../../state/time/time';
import { useViewStore } from '../../state/fleet/view';
import { useAckStore } from '../../state/window/acknowledge-dialog';
import { useMaintenanceStore } from '../../state/window/maintenance-dialog';
import { useNoteFormStore } from '../../state/window/note-form';
import { useReportStore } from '../../state/window/report-dialog';
import { stateWords } from '../../words/states';
import { command, type Command } from './commands';
import { matchScore } from './match';
import type { PlaceAndTime } from './place-and-time';
import { useHandOver } from './use-hand-over';

/** Most clusters that a typed time is offered for. */
const mostPlaces = 5;

/** Opens each cluster, and does with it what its page can. */
export function useClusterCommands(): ComputedRef<Command[]> {
  const view = useViewStore();
  const actions = useClusterActions();
  const router = useRouter();
  return computed(() =>
    view.stableClusters.flatMap((cluster) => [
      command({
        id: `cluster ${cluster.id}`,
        group: 'Clusters',
        title: cluster.name,
        detail: [cluster.site, stateWords[cluster.health].word, cluster.clusterIp].filter(Boolean).join(', '),
        health: cluster.health,
        run: () => void router.push({ name: 'cluster', params: { id: cluster.id } }),
      }),
      ...actions(cluster),
    ]),
  );
}

function useClusterActions(): (cluster: ClusterView) => Command[] {
  const ack = useAckStore();
  const report = useReportStore();
  const maintenance = useMaintenanceStore();
  const notes = useNoteFormStore();
  const router = useRouter();
  const handOverLast = useHandOver();
  return ({ id, name, ...state }) => {
    const acknowledge = command({
      id: `acknowledge ${id}`,
      group: 'Do',
      title: `Acknowledge ${name}`,
      detail: troubleWords(state),
      keys: 'A',
      run: () => ack.ask(id),
    });
    const plan = command({
      id: `maintenance ${id}`,
      group: 'Do',
      title: `Plan maintenance of ${name}`,
      run: () => maintenance.plan([{ field: 'name', pattern: name }]),
    });
    return [
      ...(ack.canAsk(id) ? [acknowledge] : []),
      command({
        id: `report ${id}`,
        group: 'Do',
        title: `Report on ${name}`,
        run: () => report.askTimeShown([id]),
      }),
      command({
        id: `report-pdf ${id}`,
        group: 'Do',
        title: `Save a report on ${name} as PDF`,
        detail: 'of the time shown',
        run: () => report.askTimeShown([id], { saveNow: true }),
      }),
      command({
        id: `hand-over ${id}`,
        group: 'Do',
        title: `Hand over the last incident of ${name}`,
        detail: 'saves its file',
        run: () => void handOverLast(id),
      }),
      command({
        id: `incidents ${id}`,
        group: 'Do',
        title: `Incidents of ${name}`,
        run: () => void router.push({ name: 'incidents', query: { cluster: id } }),
      }),
      command({
        id: `note ${id}`,
        group: 'Do',
        title: `Add a note on ${name}`,
        run: () => notes.ask({ clusterId: id, about: { kind: 'cluster' }, subject: name, edits: null }),
      }),
      ...(maintenance.canAsk ? [plan] : []),
    ];
  };
}

/** What of a cluster can be acknowledged: its state, or what cut users off and is over. */
function troubleWords({
  health,
  unacknowledgedOutages,
}: Pick<ClusterView, 'health' | 'unacknowledgedOutages'>): string {
  const outage = outagesTogether(unacknowledgedOutages);
  return isProblem(health) || outage === null ? stateWords[health].word : sentence(outagePredicate(outage));
}

/** What makes an edge the uneven one of its cluster; none where it is not. */
function unevenWords({ reasons }: ClusterView, edgeName: string): string[] {
  return reasons
    .filter(({ code, fact }) => code === 'imbalance' && fact.startsWith(`${edgeName} `))
    .map(({ fact }) => `uneven: ${fact}`);
}

/** Opens the page of each edge of a cluster. */
export function useEdgeCommands(): ComputedRef<Command[]> {
  const view = useViewStore();
  const router = useRouter();
  return computed(() =>
    view.clusters
      .filter(({ kind }) => kind === 'cluster')
      .flatMap((cluster) =>
        cluster.edges.map((edge) =>
          command({
            id: `edge ${edge.id}`,
            group: 'Edges',
            title: edge.name,
            detail: [
              cluster.name,
              stateWords[edge.health].word,
              edge.proxyIp,
              ...(edge.lbIp === null ? [] : [edge.lbIp]),
              ...unevenWords(cluster, edge.name),
            ].join(', '),
            health: edge.health,
            run: () => void router.push({ name: 'edge', params: { cluster: cluster.id, edge: edge.id } }),
          }),
        ),
      ),
  );
}

/** Goes to a time, in all views or on the page of each cluster whose name fits what was typed before it. */
export function useTimeCommands(): (typed: PlaceAndTime) => Command[] {
  const view = useViewStore();
  const time = useTimeStore();
  const preferences = usePreferencesStore();
  const router = useRouter();
  return ({ place, timesMs }) => {
    const words = (ms: number): string => fullMoment(ms, preferences.zone);
    if (place === '')
      return timesMs.map((ms) =>
        command({
          id: `travel ${ms}`,
          group: 'Do',
          title: `Go to ${words(ms)}`,
          detail: 'all views show that time',
          run: () => time.travelTo(ms),
        }),
      );
    return view.clusters
      .flatMap((cluster) => {
        const score = matchScore(place, cluster.name);
        return score === null ? [] : [{ cluster, score }];
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, mostPlaces)
      .flatMap(({ cluster }) =>
        timesMs.map((ms) =>
          command({
            id: `travel ${cluster.id} ${ms}`,
            group: 'Do',
            title: `${cluster.name} at ${words(ms)}`,
            detail: 'its page at that time',
            run: () => {
              time.travelTo(ms);
              void router.push({ name: 'cluster', params: { id: cluster.id } });
            },
          }),
        ),
      );
  };
}
