import { thresholds } from '../../domain/model/thresholds';
import type { ClusterView, EdgeView } from '../../domain/model/snapshot';
import { edgeLabel } from '../../domain/words/edge-label';
import { isCutOff } from './marks';

export const barCells = 10;
/** Parts of an even share, as edges are judged (domain/cluster/judge/imbalance.ts). */
const [low, high] = [thresholds.imbalanceBelowPercent / 100, thresholds.imbalanceAbovePercent / 100];

/**
 * Traffic shares in ten cells: edges alternate between two densities. With more edges than cells, one word: "even", "06 is high".
 * Without data, or where users are cut off, hatched.
 */
export function shareBar(cluster: ClusterView): string {
  const sharing = cluster.edges.filter((edge) => edge.share !== null && edge.share > 0);
  if (isCutOff(cluster.health) || sharing.length === 0) return '░'.repeat(barCells);
  if (cluster.edges.length > barCells) return evennessWord(cluster, sharing);
  const cells = inCells(sharing.map(({ share }) => share ?? 0));
  return cells.map((count, index) => (index % 2 === 0 ? '█' : '▒').repeat(count)).join('');
}

/** Largest remainder; each edge with traffic has at least one cell. */
function inCells(shares: readonly number[]): number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  const exact = shares.map((share) => (share / sum) * barCells);
  const cells = exact.map((value) => Math.max(1, Math.floor(value)));
  const byRemainder = exact.map((value, index) => ({ index, rest: value - (cells[index] ?? 0) }));
  const count = (): number => cells.reduce((total, value) => total + value, 0);
  for (const { index } of byRemainder.toSorted((a, b) => b.rest - a.rest)) {
    if (count() >= barCells) break;
    cells[index] = (cells[index] ?? 0) + 1;
  }
  while (count() > barCells) {
    const widest = cells.indexOf(Math.max(...cells));
    cells[widest] = (cells[widest] ?? 1) - 1;
  }
  return cells;
}

function evennessWord(cluster: ClusterView, sharing: readonly EdgeView[]): string {
  const healthy = cluster.edges.filter(({ health }) => health === 'up' || health === 'degraded');
  if (healthy.length === 0) return '';
  const even = 1 / healthy.length;
  const label = ({ name }: EdgeView): string => edgeLabel(cluster.name, name).replace(/^[-_. ]/, '');
  const highest = sharing.reduce((a, b) => ((b.share ?? 0) > (a.share ?? 0) ? b : a));
  if ((highest.share ?? 0) > even * high) return `${label(highest)} is high`;
  const lowest = healthy.find(({ share }) => share !== null && share < even * low);
  return lowest ? `${label(lowest)} is low` : 'even';
}

/** One edge's share of its cluster in a bar of `cells`. */
export function edgeBar(share: number | null, cells: number, ascii: boolean): string {
  if (share === null) return (ascii ? ':' : '░').repeat(cells);
  const full = Math.round(share * cells);
  return (ascii ? '#' : '█').repeat(full) + (ascii ? '.' : '·').repeat(cells - full);
}
