import { roleWords } from '../../../domain/words/roles';
import type { ClusterView, EdgeView } from '../../../domain/model/snapshot';
import { stateWords } from '../../words/states';
import { stableRow } from '../live/stable-row';

const haystacks = new WeakMap<ClusterView, string>();

/** Lower case, without accents: "são" finds "Sao" and the other way round. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The search words of what was typed. */
export function searchTerms(typed: string): string[] {
  return folded(typed).split(/\s+/).filter(Boolean);
}

/** Whether every term occurs somewhere in the cluster: its names, addresses, states, reasons or its edges'. */
export function clusterMatches(cluster: ClusterView, terms: readonly string[]): boolean {
  if (terms.length === 0) return true;
  // Metrics are not searched.
  const stable = stableRow(cluster);
  let haystack = haystacks.get(stable);
  if (haystack === undefined) {
    haystack = folded(clusterTexts(stable).join('\n'));
    haystacks.set(stable, haystack);
  }
  return terms.every((term) => haystack.includes(term));
}

function clusterTexts(cluster: ClusterView): string[] {
  return [
    cluster.name,
    cluster.site ?? '',
    cluster.kind,
    cluster.status,
    cluster.clusterIp ?? '',
    cluster.subnetMask ?? '',
    cluster.defaultGateway ?? '',
    stateWords[cluster.health].word,
    cluster.ipsecLocalTermination ? 'ipsec on' : 'ipsec off',
    ...cluster.reasons.flatMap((reason) => [reason.fact, reason.detail]),
    ...cluster.edges.flatMap(edgeTexts),
  ];
}

function edgeTexts(edge: EdgeView): string[] {
  return [
    edge.name,
    edge.proxyIp,
    edge.lbIp ?? '',
    edge.managementIp ?? '',
    edge.subscription ?? '',
    stateWords[edge.health].word,
    roleWords[edge.role],
  ];
}
