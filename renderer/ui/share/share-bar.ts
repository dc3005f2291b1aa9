import type { ClusterView, EdgeView } from '../../../domain/model/snapshot';

/** One segment of the bar, as fractions of the whole (0..1). */
export interface ShareSegment {
  edgeId: string;
  from: number;
  to: number;
  tone: 'a' | 'b';
}

export type ShareBar =
  | { kind: 'bar'; segments: ShareSegment[]; notches: number[]; missing: number }
  | { kind: 'unknown' }
  | { kind: 'words'; words: string; problem: boolean };

/** Edges that can carry traffic now, over which an even split is calculated. */
export function healthyEdges(edges: readonly EdgeView[]): EdgeView[] {
  return edges.filter((edge) => edge.health === 'up' || edge.health === 'degraded');
}

/** The expected share of each healthy edge; null without healthy edges. */
export function evenShare(edges: readonly EdgeView[]): number | null {
  const healthy = healthyEdges(edges).length;
  return healthy === 0 ? null : 1 / healthy;
}

/** Where segments would end in an even split: k/healthy for k = 1 to healthy − 1. */
export function notchesFor(healthy: number): number[] {
  return Array.from({ length: Math.max(0, healthy - 1) }, (_, index) => (index + 1) / healthy);
}

/**
 * What the share cell shows: a bar in two alternating tones with notches, words where there is no traffic to split, or
 * "unknown", drawn dashed and hatched. An outdated bar is never shown.
 */
export function shareBar(cluster: ClusterView): ShareBar {
  if (cluster.health === 'disabled') return { kind: 'words', words: 'not monitored', problem: false };
  if (cluster.kind === 'standalone') return { kind: 'words', words: '1 edge, no share', problem: false };
  const known = cluster.edges.filter((edge) => edge.share !== null);
  const sum = known.reduce((total, edge) => total + (edge.share ?? 0), 0);
  // What was counted still comes from before the loss.
  if (cluster.health === 'no-active-lb')
    return sum > 0 ? { kind: 'unknown' } : { kind: 'words', words: 'no traffic', problem: true };
  if (cluster.bitsPerSecond === 0) return { kind: 'words', words: 'no traffic', problem: false };
  if (known.length === 0 || sum <= 0) return { kind: 'unknown' };

  const segments: ShareSegment[] = [];
  const scale = sum > 1 ? 1 / sum : 1;
  let from = 0;
  for (const edge of known) {
    const width = (edge.share ?? 0) * scale;
    if (width <= 0) continue;
    const to = Math.min(1, from + width);
    segments.push({ edgeId: edge.id, from, to, tone: segments.length % 2 === 0 ? 'a' : 'b' });
    from = to;
  }
  const missing = 1 - from;
  return {
    kind: 'bar',
    segments,
    notches: notchesFor(healthyEdges(cluster.edges).length),
    missing: missing > 0.005 ? missing : 0,
  };
}

/** The bar in words, for screen readers. */
export function shareWords(cluster: ClusterView): string {
  const bar = shareBar(cluster);
  if (bar.kind === 'words') return bar.words;
  if (bar.kind === 'unknown') return 'share unknown';
  return cluster.edges
    .filter((edge) => edge.share !== null)
    .map((edge) => `${edge.name} ${((edge.share ?? 0) * 100).toFixed(0)} %`)
    .join(', ');
}
