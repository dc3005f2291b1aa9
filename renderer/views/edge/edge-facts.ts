import { percent } from '../../../domain/words/amount';
import { age, coarseDuration, duration } from '../../../domain/words/duration';
import { roleWords } from '../../../domain/words/roles';
import type { ClusterView, EdgeView } from '../../../domain/model/snapshot';
import type { Fact } from '../../ui/cluster/facts';
import { evenShare } from '../../ui/share/share-bar';

const none = '–';

/** The facts of an edge at one time, its LB role with its sources first. */
export function edgeFacts(cluster: ClusterView, edge: EdgeView, atMs: number): Fact[] {
  const isMember = cluster.kind === 'cluster';
  return [
    roleFact(edge, atMs),
    ...(isMember ? [shareFact(cluster, edge)] : []),
    {
      label: 'Uptime',
      fact: edge.uptimeMs === null ? none : duration(edge.uptimeMs),
      aside: edge.uptimeMs === null ? 'not known' : '',
    },
    {
      label: edge.lbIp === null ? 'Proxy address' : 'Proxy, LB address',
      fact: edge.lbIp === null ? edge.proxyIp : `${edge.proxyIp}, ${edge.lbIp}`,
      aside: '',
      mono: true,
    },
    { label: 'Management address', fact: edge.managementIp ?? none, aside: '', mono: true },
    { label: 'Subscription', fact: edge.subscription ?? 'none', aside: '' },
    {
      label: 'Data age',
      fact: edge.lastAnswerMs === null ? none : age(atMs - edge.lastAnswerMs),
      aside: edge.lastAnswerMs === null ? 'no answer yet' : '',
    },
  ];
}

function roleFact(edge: EdgeView, atMs: number): Fact {
  const label = 'LB role';
  if (edge.role === 'not-applicable') return { label, fact: 'none', aside: 'it has no load balancer' };
  const lasting = edge.roleSinceMs === null ? '' : `for ${coarseDuration(atMs - edge.roleSinceMs)}`;
  const sources = sourcesWords(edge);
  return { label, fact: roleWords[edge.role], aside: [lasting, sources].filter(Boolean).join(', ') };
}

/** "3 of 3 sources agree"; empty where none is known, as in the past, which records roles only. */
export function sourcesWords({ witnesses, role }: Pick<EdgeView, 'witnesses' | 'role'>): string {
  const reporting = witnesses.filter((one) => one.role !== 'unknown' && !one.otherGroup);
  if (reporting.length === 0) return '';
  const agreeing = reporting.filter((one) => one.role === role).length;
  if (reporting.length === 1) return agreeing === 1 ? '1 source' : '1 source, which disagrees';
  return `${agreeing} of ${reporting.length} sources agree`;
}

function shareFact(cluster: ClusterView, edge: EdgeView): Fact {
  const even = evenShare(cluster.edges);
  return {
    label: 'Share of traffic, in and out',
    fact: edge.share === null ? none : percent(edge.share),
    aside: even === null ? '' : `even is ${percent(even)}`,
  };
}
