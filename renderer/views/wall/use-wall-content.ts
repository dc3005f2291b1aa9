import { computed } from 'vue';
import { useViewStore } from '../../state/fleet/view';
import { usePreferencesStore } from '../../state/settings/preferences';
import { verdictOf } from '../../../domain/words/verdict';
import { compareWorstFirst } from '../../../domain/words/worst-first';
import { stopwatch } from '../../../domain/words/duration';
import { shortMoment } from '../../../domain/words/clock';
import { withStoppedData } from './stopped-data';
import type { WallSubject } from './wall-subject';
import { wallMemory, wallSubject } from './wall-words';

/** The id of Heron's own tile, which no cluster has: theirs are not empty. */
export const ownId = '';

/** Clusters, worst first, and their texts on the wall; and what Heron says of itself when it sees nothing. */
export function useWallContent() {
  const view = useViewStore();
  const preferences = usePreferencesStore();

  const clusters = computed(() => {
    const monitor = view.snapshot?.monitor;
    if (!monitor) return [];
    return view.clusters
      .map((cluster) => withStoppedData(cluster, monitor, view.atMs, preferences.zone))
      .sort(compareWorstFirst);
  });
  const byId = computed(() => new Map(clusters.value.map((cluster) => [cluster.id, cluster])));
  const subjects = computed(() =>
    clusters.value.map((cluster) => wallSubject(cluster, view.atSecondMs, preferences.zone)),
  );
  const subjectById = computed(() => new Map(subjects.value.map((subject) => [subject.id, subject])));
  /** Stands above all clusters while Heron cannot see any: its own state, not theirs. */
  const banner = computed<WallSubject | null>(() => {
    const { snapshot } = view;
    if (snapshot === null || clusters.value.length === 0 || !['live', 'stalled'].includes(view.mode))
      return null;
    const verdict = verdictOf(snapshot, view.mode === 'stalled');
    if (verdict.clusterId !== null || verdict.health !== 'unknown') return null;
    const { sinceMs } = verdict;
    return {
      ...nothing,
      health: 'unknown',
      name: verdict.title,
      reason: `${verdict.consequence}${verdict.address ?? ''}${verdict.after}`,
      timer: sinceMs === null ? '' : stopwatch(view.atMs - sinceMs),
      since: sinceMs === null ? '' : shortMoment(sinceMs, view.atMs, preferences.zone),
    };
  });
  const memory = computed(() => wallMemory(clusters.value, view.atMs, preferences.zone));

  return { clusters, byId, subjects, subjectById, banner, memory };
}

const nothing = {
  id: ownId,
  site: '',
  word: '',
  state: '',
  tag: '',
  lb: '',
  lbAge: '',
  spare: '',
  mark: '',
  isOutage: false,
} as const;
