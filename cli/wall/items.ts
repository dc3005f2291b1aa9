import { isProblem } from '../../domain/model/health';
import { outagesTogether, type Outage } from '../../domain/model/outage';
import type { ClusterView } from '../../domain/model/snapshot';
import { compareNames, compareWorstFirst } from '../../domain/words/worst-first';
import type { WallUi } from './wall-state';

/** Something on the wall that can be selected: a cluster, or an outage that is over. */
export interface Item {
  key: string;
  cluster: ClusterView;
  outage: Outage | null;
}

/** What the wall shows, in the order of its three parts. */
export interface WallItems {
  /** Worst first. */
  problems: Item[];
  /** What cut users off, is over and not acknowledged, one a cluster; the latest first. */
  outages: Item[];
  /** By name, disabled ones last. */
  others: Item[];
  /** How many clusters the search or the filter hides. */
  hidden: number;
}

type Filter = Pick<WallUi, 'find' | 'problemsOnly'>;

/** The latest result for each snapshot: a screen and its keys need the same order several times. */
const latest = new WeakMap<readonly ClusterView[], Filter & { items: WallItems }>();

/** The clusters that the search and the filter leave, in their parts. */
export function itemsOf(clusters: readonly ClusterView[], { find, problemsOnly }: Filter): WallItems {
  const known = latest.get(clusters);
  if (known?.find === find && known.problemsOnly === problemsOnly) return known.items;
  const items = sortedItems(clusters, { find, problemsOnly });
  latest.set(clusters, { find, problemsOnly, items });
  return items;
}

function sortedItems(clusters: readonly ClusterView[], { find, problemsOnly }: Filter): WallItems {
  const wanted = find.trim().toLowerCase();
  const found = wanted === '' ? clusters : clusters.filter((cluster) => fits(cluster, wanted));
  const problems = found.filter(({ health }) => isProblem(health)).sort(compareWorstFirst);
  const others = problemsOnly ? [] : found.filter(({ health }) => !isProblem(health)).sort(compareOthers);
  const outages = found
    .flatMap((cluster) => {
      const outage = outagesTogether(cluster.unacknowledgedOutages);
      return outage ? [{ cluster, outage }] : [];
    })
    .sort((a, b) => b.outage.toMs - a.outage.toMs);
  return {
    problems: problems.map(rowItem),
    others: others.map(rowItem),
    outages: outages.map(({ cluster, outage }) => ({
      key: `outage ${cluster.id}`,
      cluster,
      outage,
    })),
    hidden: clusters.length - problems.length - others.length,
  };
}

function rowItem(cluster: ClusterView): Item {
  return { key: `cluster ${cluster.id}`, cluster, outage: null };
}

/** By name, site, an address or an edge, as the window's search does. */
function fits({ name, site, clusterIp, edges }: ClusterView, wanted: string): boolean {
  const texts = [name, site, clusterIp, ...edges.map((edge) => edge.name)];
  return texts.some((text) => text !== null && text.toLowerCase().includes(wanted));
}

function compareOthers(a: ClusterView, b: ClusterView): number {
  const disabled = Number(a.health === 'disabled') - Number(b.health === 'disabled');
  return disabled || compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1);
}

/** All of them in the order in which they are shown. */
export function allItems({ problems, outages, others }: WallItems): Item[] {
  return [...problems, ...outages, ...others];
}

/** The selected one; where it is gone, the first. 'none' selects nothing. */
export function selectedItem(items: WallItems, selected: string | null): Item | null {
  if (selected === 'none') return null;
  const all = allItems(items);
  return all.find(({ key }) => key === selected) ?? all[0] ?? null;
}
