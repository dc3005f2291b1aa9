import { signedPoints } from '../../../domain/words/amount';
import { clockMinutes, type TimeZoneChoice } from '../../../domain/words/clock';
import type { ChartColours } from '../charts/chart-colours';
import { edgeLabel } from '../../../domain/words/edge-label';
import type { EdgeLabel } from './band-labels';
import { offScale, type ShareMode } from './share-datasets';
import type { SharesOverTime } from './share-over-time';

/** The cluster the labels belong to, and its active LB. */
export interface LabelSubject {
  clusterName: string;
  activeLbName: string | null;
}

/** The series' names at the chart's right end, each at its band. */
export function shareLabels(
  shares: SharesOverTime,
  mode: ShareMode,
  { clusterName, activeLbName }: LabelSubject,
  colours: ChartColours,
  zone: TimeZoneChoice,
): EdgeLabel[] {
  const last = shares.carrying.findLastIndex((edges) => edges > 0);
  const base = shares.edges.map((edge) => ({
    edge,
    name: edgeLabel(clusterName, edge.edgeName),
    strong: edge.edgeName === activeLbName,
    colour: colours.series[(edge.number - 1) % 16] ?? '',
  }));
  if (mode === 'off') {
    const scale = offScale(shares);
    return base.flatMap(({ edge, name, strong, colour }) => {
      const off = edge.off[last] ?? null;
      if (off === null || shares.healthy[last] === null) return [];
      return [
        { words: `${name} ${signedPoints(off)}`, strong, colour, middle: rounded(off / scale / 2 + 0.5) },
      ];
    });
  }
  let below = 0;
  return base.flatMap(({ edge, name, strong, colour }) => {
    const part = edge.parts[last] ?? 0;
    const middle = rounded(below + part / 2);
    below += part;
    if (part > 0) return [{ words: strong ? `${name} active` : name, strong, colour, middle }];
    // An edge without traffic is labelled with the time of its last share, or that it had none in the range.
    const ended = edge.endedMs === null ? 'none' : `to ${clockMinutes(edge.endedMs, zone)}`;
    return [{ words: `${name} ${ended}`, strong: false, colour, middle }];
  });
}

/** Rounded so that noise below a thousandth does not rebuild the chart. */
function rounded(middle: number): number {
  return Number(middle.toFixed(3));
}
