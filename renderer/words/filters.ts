import { healthStates, type Health, isProblem } from '../../domain/model/health';
import type { ClusterView } from '../../domain/model/snapshot';
import { stateWords } from './states';
import { compareWorstFirst } from '../../domain/words/worst-first';

/** How many clusters are in each state, worst first; states without clusters are left out. */
export function stateCounts(clusters: readonly ClusterView[]): { health: Health; count: number }[] {
  const counts = new Map<Health, number>();
  for (const { health } of clusters) counts.set(health, (counts.get(health) ?? 0) + 1);
  return healthStates
    .filter((health) => counts.has(health))
    .map((health) => ({ health, count: counts.get(health) ?? 0 }));
}

export interface HiddenWords {
  words: string;
  /** The worst hidden problem, shown with emphasis; null when there is none. */
  problem: string | null;
}

/** How many clusters the filter hides, and the worst problem among them. Null when it hides none. */
export function hiddenWords(all: readonly ClusterView[], shown: readonly ClusterView[]): HiddenWords | null {
  const shownIds = new Set(shown.map((cluster) => cluster.id));
  const hidden = all.filter((cluster) => !shownIds.has(cluster.id));
  if (hidden.length === 0) return null;
  const problems = hidden.filter((cluster) => isProblem(cluster.health)).sort(compareWorstFirst);
  const worst = problems[0];
  const words = `The filter hides ${hidden.length},`;
  if (!worst) return { words: `${words} none of them with a problem`, problem: null };
  return {
    words,
    problem: `${problems.length} with a problem, worst ${worst.name}: ${stateWords[worst.health].word}`,
  };
}
