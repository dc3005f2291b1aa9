import type { ClusterView, MonitorStatus, SourceStatus } from '../model/snapshot';
import { plural } from './amount';
import { inSeconds } from './duration';

/** "60 clusters + 1 standalone edge". */
export function fleetWords(clusters: readonly Pick<ClusterView, 'kind'>[]): string {
  return rowsWords(clusters.length, clusters.filter(({ kind }) => kind === 'standalone').length);
}

/** The same by counts: `rows` in all, `standalone` of which are standalone edges. */
export function rowsWords(rows: number, standalone: number): string {
  const others = rows - standalone;
  const parts = [
    others > 0 || standalone === 0 ? plural(others, 'cluster') : '',
    standalone > 0 ? plural(standalone, 'standalone edge') : '',
  ];
  return parts.filter((part) => part !== '').join(' + ');
}

/** "2 of 60 clusters + 1 standalone edge" where some are hidden, otherwise all of them. */
export function shownWords(
  shown: readonly Pick<ClusterView, 'kind'>[],
  all: readonly Pick<ClusterView, 'kind'>[],
): string {
  return `${shown.length} of ${all.some(({ kind }) => kind === 'standalone') ? `${all.length}: ` : ''}${fleetWords(all)}`;
}

/** How often the LB roles are polled, as a label. Health is polled at an interval of its own. */
export const rolesPolledEvery = 'LB roles polled every';

/** "49 edges polled every 5 s, LB roles every 1 s; 40 edges through prom-1 every 15 s". */
export function pollingWords({
  edgesPolled,
  healthIntervalMs,
  roleIntervalMs,
  sources = [],
}: Pick<MonitorStatus, 'edgesPolled' | 'healthIntervalMs' | 'roleIntervalMs' | 'sources'>): string {
  const roles = roleIntervalMs === healthIntervalMs ? '' : `, LB roles every ${inSeconds(roleIntervalMs)}`;
  const here = edgesPolled - sources.reduce((sum, { edges }) => sum + edges, 0);
  const polled = `${plural(here, 'edge')} polled every ${inSeconds(healthIntervalMs)}${roles}`;
  return [...(here > 0 || sources.length === 0 ? [polled] : []), ...sources.map(sourceWords)].join('; ');
}

/** How often edges are read through a source: a change of theirs cannot be dated more closely. */
function sourceWords({ name, edges, scrapeIntervalMs, failure }: SourceStatus): string {
  const words = `${plural(edges, 'edge')} through ${name} every ${inSeconds(scrapeIntervalMs)}`;
  return failure === null ? words : `${words}, which cannot be read: ${failure}`;
}
