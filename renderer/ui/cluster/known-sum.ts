import type { EdgeView } from '../../../domain/model/snapshot';

/** A sum over edges. `isPartial`: an edge that should be in it is not known, so it is a lower bound. Null: none is known. */
export interface KnownSum {
  sum: number | null;
  isPartial: boolean;
}

/** The sum of a rate over a cluster's edges. Those that are deliberately not monitored are not missed. */
export function sumOfKnown(
  edges: readonly EdgeView[],
  metric: 'proxyInBitsPerSecond' | 'proxyOutBitsPerSecond' | 'lbInBitsPerSecond',
): KnownSum {
  const monitored = edges.filter(({ health }) => health !== 'disabled');
  const known = monitored.flatMap((edge) => edge[metric] ?? []);
  if (known.length === 0) return { sum: null, isPartial: monitored.length > 0 };
  return { sum: known.reduce((total, one) => total + one, 0), isPartial: known.length < monitored.length };
}
