import { duration } from './duration';
import { bitRate, plural } from './amount';
import type { ClusterView } from '../model/snapshot';

const dayMs = 86_400_000;

/** Whether a spare can be named: while two LBs are active, or the state is unknown, nobody knows what a loss would do. */
function isSpareKnown({ health }: ClusterView): boolean {
  return health !== 'split-brain' && health !== 'unknown';
}

/** How many edges a cluster can lose, in a word or two. */
export function spareWords(cluster: ClusterView): string {
  const { kind, health, spare, edgesUp } = cluster;
  if (kind === 'standalone') return 'none';
  if (health === 'disabled') return 'n/a';
  if (spare === null || edgesUp === null || !isSpareKnown(cluster)) return 'unknown';
  if (spare.canLose !== null) return spare.canLose === 0 ? 'none' : plural(spare.canLose, 'edge');
  return edgesUp >= 2 ? 'one' : 'none';
}

/** The answer to "Can it lose one edge?", and how that is known. */
export function spareFact(cluster: ClusterView, atMs: number): { fact: string; aside: string } {
  const { spare, edgesUp } = cluster;
  if (spare === null || edgesUp === null)
    return { fact: 'unknown', aside: 'not enough is known about the edges' };
  if (!isSpareKnown(cluster)) {
    const aside =
      cluster.health === 'split-brain' ? 'more than one LB is active' : 'the state of the cluster is unknown';
    return { fact: 'unknown', aside };
  }
  const { canLose, needed, peakBitsPerSecond, peakSinceMs } = spare;
  if (canLose === 0 && edgesUp > (needed ?? 1)) {
    const aside = cluster.activeLb.kind === 'none' ? 'no LB is active' : 'no other LB can take over';
    return { fact: 'No', aside };
  }
  if (canLose === null || needed === null || peakBitsPerSecond === null) {
    const aside = spare.capacitySet ? 'by count; traffic is unknown' : 'by count; edge capacity is not set';
    return { fact: edgesUp >= 2 ? 'Yes' : 'No', aside };
  }
  const knownMs = atMs - (peakSinceMs ?? atMs);
  const when = knownMs >= dayMs ? 'peak of 24 h' : `peak of the last ${duration(knownMs)}`;
  const need = `${when}, ${bitRate(peakBitsPerSecond)} in and out, needs ${plural(needed, 'edge')}`;
  if (needed > edgesUp) return { fact: 'No, too few for the peak', aside: need };
  return { fact: canLose === 0 ? 'No' : canLose === 1 ? 'Yes' : `Yes, up to ${canLose}`, aside: need };
}

/** The value to sort by: fewer is worse. */
export function spareRank(cluster: ClusterView): number | undefined {
  const { kind, spare, edgesUp } = cluster;
  if (kind === 'standalone') return 0;
  if (spare === null || edgesUp === null || !isSpareKnown(cluster)) return undefined;
  return spare.canLose ?? (edgesUp >= 2 ? 1 : 0);
}
