import { count, megabits } from '../../../domain/words/amount';
import type { EdgeView } from '../../../domain/model/snapshot';
import { milliseconds, wholePercent } from '../../ui/metrics/metric-words';

/** A metric of this edge beside the range of the others. */
export interface ComparedMetric {
  label: string;
  others: string;
  here: string;
}

type Compared = 'proxyOutBitsPerSecond' | 'proxyInBitsPerSecond' | 'cpuPercent' | 'sessions' | 'latencyMs';

const compared: readonly { metric: Compared; label: string; words: (value: number) => string }[] = [
  { metric: 'proxyOutBitsPerSecond', label: 'Out, Mb/s', words: megabits },
  { metric: 'proxyInBitsPerSecond', label: 'In, Mb/s', words: megabits },
  { metric: 'cpuPercent', label: 'CPU', words: wholePercent },
  { metric: 'sessions', label: 'Sessions', words: count },
  { metric: 'latencyMs', label: 'Answer time', words: milliseconds },
];

/** The metrics of an edge and those of the others in its cluster; what is not known is left out of a range. */
export function comparedMetrics(edges: readonly EdgeView[], edge: EdgeView): ComparedMetric[] {
  const others = edges.filter(({ id }) => id !== edge.id);
  return compared.map(({ metric, label, words }) => {
    const known = others.flatMap((one) => one[metric] ?? []);
    const own = edge[metric];
    return { label, others: rangeWords(known, words), here: own === null ? '–' : words(own) };
  });
}

function rangeWords(values: readonly number[], words: (value: number) => string): string {
  if (values.length === 0) return 'unknown';
  const [least, most] = [words(Math.min(...values)), words(Math.max(...values))];
  if (least === most) return most;
  // The unit is named once.
  return `${least.replace(/ (%|ms)$/, '')} to ${most}`;
}
