import { blindnessOf } from '../fleet/judge-blindness';
import type { Blindness } from '../model/blindness';
import { outagesTogether } from '../model/outage';
import { blindConsequence, blindTitle, type TimeOfDay } from './blindness';
import { outagePredicate } from './outages';
import { statePredicate } from './states';
import { utcTimeOfDay } from './time';
import { plural } from './amount';
import { type Health, isProblem } from '../model/health';
import type { ClusterView, Snapshot } from '../model/snapshot';
import { acknowledgementWords, isUnacknowledged } from './acknowledgements';
import { compareWorstFirst } from './worst-first';

/** The one sentence above the table. */
export interface Verdict {
  /** The state whose mark and colour it has. */
  health: Health;
  title: string;
  /** The consequence first; the view emphasises the address that follows it. */
  consequence: string;
  address: string | null;
  after: string;
  /** Since when, UTC milliseconds; the view shows the running time. */
  sinceMs: number | null;
  /** The cluster it is about, to open it. */
  clusterId: string | null;
  /** The rows that it is about and that are not acknowledged. */
  unacknowledgedIds: string[];
  /** What Heron itself does not see, where the verdict is about that. */
  blind: Blindness | null;
}

const none = {
  ...{ consequence: '', address: null, after: '', sinceMs: null, clusterId: null },
  ...{ unacknowledgedIds: [], blind: null },
};

/**
 * Names what Heron itself does not see, or the worst cluster, its consequence and how long it has lasted; without problems, how many
 * are up, and what cut users off before. `timeOfDay`: in the zone that is shown.
 */
export function verdictOf(
  snapshot: Snapshot,
  stalled: boolean,
  timeOfDay: TimeOfDay = utcTimeOfDay,
): Verdict {
  const { clusters, monitor } = snapshot;
  if (stalled) return stalledVerdict(snapshot.atMs);
  const blindnesses = blindnessOf(snapshot);
  const total = blindnesses.find(({ isTotal }) => isTotal);
  if (total) return blindVerdict(total, clusters, timeOfDay);
  if (monitor.state === 'blind') {
    return {
      ...none,
      health: 'unknown',
      title: 'Heron is blind: everything stopped responding at once',
      consequence: `${monitor.words} This computer’s own network is the more likely cause.`,
      sinceMs: earliestSince(clusters),
    };
  }
  const problems = clusters.filter(({ health }) => isProblem(health)).sort(compareWorstFirst);
  const [worst, next] = problems;
  if (!worst) return quiet(clusters, timeOfDay);
  if (monitor.state === 'starting' && worst.health === 'unknown') {
    return {
      ...none,
      health: 'unknown',
      title: `First readings, ${monitor.edgesAnswered} of ${plural(monitor.edgesPolled, 'edge')}`,
      consequence: 'Clusters are unknown until their edges have answered.',
    };
  }
  const part = blindnesses.find(
    ({ clusterIds }) => worst.health === 'unknown' && clusterIds.includes(worst.id),
  );
  if (part) return blindVerdict(part, clusters, timeOfDay);
  const more = problems.length - 2;
  const nextWords = next ? `Next worst: ${next.name} ${statePredicate(next.health)}.` : '';
  const outage = pastOutage(clusters, timeOfDay);
  const outageWords = outage === null ? '' : `Over, unacknowledged: ${outage.words}`;
  return {
    health: worst.health,
    title: `${worst.name} ${headline(worst)}`,
    ...consequenceOf(
      worst,
      [`${acknowledgementWords(worst)}.`, outageWords, nextWords, more > 0 ? `${more} more.` : '']
        .filter(Boolean)
        .join(' '),
    ),
    sinceMs: worst.sinceMs,
    clusterId: worst.id,
    unacknowledgedIds: isUnacknowledged(worst) ? [worst.id] : (outage?.ids ?? []),
    blind: null,
  };
}

function stalledVerdict(atMs: number): Verdict {
  return {
    ...none,
    health: 'unknown',
    title: 'Readings have stopped arriving',
    consequence: 'Everything below is unknown. It shows the last readings and their age.',
    sinceMs: atMs,
  };
}

/** Heron's own blindness is one verdict, not one for each cluster. */
function blindVerdict(blind: Blindness, clusters: readonly ClusterView[], timeOfDay: TimeOfDay): Verdict {
  const { fact, detail } = blindConsequence(blind, clusters);
  const unseen = clusters.filter(({ id }) => blind.clusterIds.includes(id));
  const its = unseen.filter(isUnacknowledged);
  const acknowledged = its.length === 0 ? unseen.find((cluster) => cluster.acknowledged !== null) : undefined;
  return {
    ...none,
    health: 'unknown',
    title: blindTitle(blind, timeOfDay),
    consequence: [fact, detail, acknowledged ? `${acknowledgementWords(acknowledged)}.` : '']
      .filter(Boolean)
      .join(' '),
    sinceMs: blind.sinceMs,
    unacknowledgedIds: its.map(({ id }) => id),
    blind,
  };
}

/** "fra-01 had no active LB for 1.8 to 4 s, 21:29:05." of the cluster whose outage ended last; null: none is unacknowledged. */
function pastOutage(
  clusters: readonly ClusterView[],
  timeOfDay: TimeOfDay,
): { words: string; ids: string[] } | null {
  const latestFirst = clusters
    .flatMap(({ id, name, unacknowledgedOutages }) => {
      const outage = outagesTogether(unacknowledgedOutages);
      return outage ? [{ id, name, outage }] : [];
    })
    .toSorted((a, b) => b.outage.toMs - a.outage.toMs);
  const [first, ...others] = latestFirst;
  if (!first) return null;
  const more = others.length === 0 ? '' : ` ${plural(others.length, 'other cluster')} had an outage, too.`;
  const words = `${first.name} ${outagePredicate(first.outage)}, ${timeOfDay(first.outage.toMs)}.`;
  return { words: `${words}${more}`, ids: latestFirst.map(({ id }) => id) };
}

function quiet(clusters: readonly ClusterView[], timeOfDay: TimeOfDay): Verdict {
  const outage = pastOutage(clusters, timeOfDay);
  const monitored = clusters.filter((cluster) => cluster.health !== 'disabled');
  const up = monitored.filter((cluster) => cluster.health === 'up').length;
  const others = (['maintenance', 'disabled'] as const).flatMap((health) => {
    const count = clusters.filter((cluster) => cluster.health === health).length;
    return count > 0 ? [`${count} ${health === 'maintenance' ? 'in maintenance' : 'disabled'}`] : [];
  });
  return {
    ...none,
    health: up > 0 ? 'up' : 'disabled',
    title: `${up} of ${monitored.length} up`,
    consequence: outage
      ? `Unacknowledged: ${outage.words}`
      : others.length > 0
        ? `${others.join(', ')}.`
        : activeLbWords(monitored),
    clusterId: outage?.ids[0] ?? null,
    unacknowledgedIds: outage?.ids ?? [],
  };
}

/** Whether each cluster has one active load balancer; a standalone edge has none. */
function activeLbWords(monitored: readonly ClusterView[]): string {
  const clusters = monitored.filter(({ kind }) => kind === 'cluster');
  const alone = monitored.length - clusters.length;
  const isOneEach = clusters.length > 0 && clusters.every(({ activeLb }) => activeLb.kind === 'one');
  return [
    isOneEach ? 'Every cluster has exactly one active load balancer.' : '',
    alone > 0 ? `${plural(alone, 'standalone edge')} without a load balancer.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function headline(cluster: ClusterView): string {
  switch (cluster.health) {
    case 'no-active-lb':
      return 'has no active load balancer';
    case 'split-brain':
      return 'has a split brain: more than one load balancer is active';
    case 'unknown':
      return 'is unknown';
    default:
      return statePredicate(cluster.health);
  }
}

/** What a cluster's state means for its users, as one sentence or two. */
export function consequenceWords(cluster: ClusterView): string {
  const { consequence, address, after } = consequenceOf(cluster, '');
  return `${consequence}${address ?? ''}${after}`;
}

/** The consequence for users, before its reason. */
function consequenceOf(
  cluster: ClusterView,
  next: string,
): Pick<Verdict, 'consequence' | 'address' | 'after'> {
  const place = cluster.site ? ` in ${cluster.site}` : '';
  const address = cluster.clusterIp;
  const users = address === null ? `Users${place}` : 'Users of ';
  const where = address === null ? '' : place;
  const after = (words: string): string => [`${where} ${words}`, next].filter(Boolean).join(' ');
  const fact = cluster.reasons[0]?.fact ?? '';
  switch (cluster.health) {
    case 'no-active-lb':
      return { consequence: users, address, after: after('are cut off.') };
    case 'down': {
      const sure = cluster.edges.every((edge) => edge.health !== 'unknown');
      return { consequence: users, address, after: after(sure ? 'are cut off.' : 'may be cut off.') };
    }
    case 'split-brain':
      return { consequence: users, address, after: after('may reach either one; connections can break.') };
    case 'degraded':
      if (cluster.activeLb.kind === 'unknown')
        return { consequence: users, address, after: after(`may not be served. ${fact}`) };
      return { consequence: users, address, after: after(`${servedWords(cluster)} ${fact}`.trim()) };
    case 'no-redundancy':
      return {
        consequence: users,
        address,
        after: after(`are served; one more loss cuts them off. ${fact}`.trim()),
      };
    default:
      return {
        consequence: [fact || 'Heron cannot tell whether users are served.', next].filter(Boolean).join(' '),
        address: null,
        after: '',
      };
  }
}

/** With all edges up nothing of what was planned is missing, whatever degrades the cluster. */
function servedWords({ edgesUp, edgesTotal }: ClusterView): string {
  return edgesUp === edgesTotal ? 'are served.' : 'are served, with less than planned.';
}

function earliestSince(clusters: readonly ClusterView[]): number | null {
  const times = clusters.flatMap(({ health, sinceMs }) =>
    health === 'unknown' && sinceMs !== null ? [sinceMs] : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}
