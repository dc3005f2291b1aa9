import { computed, ref } from 'vue';
import type { ClusterView } from '../../../domain/model/snapshot';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useChartColours } from '../charts/chart-colours';
import { failoverBracketsOf } from './lb-moves';
import type { ShareChartInput } from './share-chart';
import type { ShareMode } from './share-datasets';
import { shareLabels } from './share-labels';
import { useShareSeries } from './use-share-series';

/** The data of a cluster's share chart in its chosen mode; `input` is null until the history answered. */
export function useShareChart(cluster: () => ClusterView) {
  const preferences = usePreferencesStore();
  const colours = useChartColours();
  const { shares, moves, gaps, beganMs, failure } = useShareSeries(() => cluster().id);
  const mode = ref<ShareMode>('share');

  const brackets = computed(() => failoverBracketsOf(moves.value, preferences.zone));
  const input = computed<ShareChartInput | null>(() => {
    if (shares.value === null) return null;
    const { name, activeLb } = cluster();
    const subject = { clusterName: name, activeLbName: activeLb.kind === 'one' ? activeLb.edgeName : null };
    return {
      shares: shares.value,
      mode: mode.value,
      labels: shareLabels(shares.value, mode.value, subject, colours.value, preferences.zone),
      brackets: brackets.value,
      gaps: gaps.value,
      beganMs: beganMs.value,
      colours: colours.value,
      zone: preferences.zone,
    };
  });
  const hasTraffic = computed(() => shares.value?.carrying.some((edges) => edges > 0) ?? false);

  return { mode, shares, brackets, input, hasTraffic, failure };
}
