import { statePredicate } from './states';
import { plural } from './amount';
import { type Health, isProblem } from '../model/health';
import type { ClusterView, Snapshot } from '../model/snapshot';
import { acknowledgementWords } from './acknowledgements';
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
}

const none = { consequence: '', address: null, after: '', sinceMs: null, clusterId: null };

/** Names the worst cluster, its consequence and how long it has lasted; without problems, how many are up. */
export function verdictOf(snapshot: Snapshot, stalled: boolean): Verdict {
  const { clusters, monitor } = snapshot;
  if (stalled) {
    return {
      ...none,
      health: 'unknown',
      title: 'Readings have stopped arriving',
      consequence: 'Everything below is unknown. It shows the last readings and their age.',
      sinceMs: snapshot.atMs,
    };
  }
  if (monitor.state === 'blind') {
    return {
      ...none,
      health: 'unknown',
      title: 'Heron is blind: everything stopped responding at once',
      consequence: `${monitor.words} This computer’s own network is the more likely cause.`,
      sinceMs: earliestSince(clusters),
    };
  }
  const worstFirst = [...clusters].sort(compareWorstFirst);
  const worst = worstFirst[0];
  if (!worst || !isProblem(worst.health)) return quiet(clusters);
  if (monitor.state === 'starting' && worst.health === 'unknown') {
    return {
      ...none,
      health: 'unknown',
      title: `First readings, ${monitor.edgesAnswered} of ${plural(monitor.edgesPolled, 'edge')}`,
      consequence: 'Clusters are unknown until their edges have answered.',
    };
  }
  const next = worstFirst[1];
  const more = worstFirst.filter((cluster) => isProblem(cluster.health)).length - 2;
  const nextWords =
    next && isProblem(next.health) ? `Next worst: ${next.name} ${statePredicate(next.health)}.` : '';
  return {
    health: worst.health,
    title: `${worst.name} ${headline(worst)}`,
    ...consequenceOf(
      worst,
      [`${acknowledgementWords(worst)}.`, nextWords, more > 0 ? `${more} more.` : '']
        .filter(Boolean)
        .join(' '),
    ),
    sinceMs: worst.sinceMs,
    clusterId: worst.id,
  };
}

function quiet(clusters: readonly ClusterView[]): Verdict {
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
    consequence: others.length > 0 ? `${others.join(', ')}.` : activeLbWords(monitored),
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
      return {
        consequence: users,
        address,
        after: after(`are served, with less than planned. ${fact}`.trim()),
      };
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

function earliestSince(clusters: readonly ClusterView[]): number | null {
  const times = clusters.flatMap(({ health, sinceMs }) =>
    health === 'unknown' && sinceMs !== null ? [sinceMs] : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}
