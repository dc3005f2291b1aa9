import { computed } from 'vue';
import { useViewStore } from '../../state/fleet/view';
import { usePreferencesStore } from '../../state/settings/preferences';
import { compareWorstFirst } from '../../../domain/words/worst-first';
import { ownSubjects } from './own-subjects';
import { withStoppedData } from './stopped-data';
import type { WallContent } from './wall-groups';
import { wallMemory, wallSubject } from './wall-words';

/** Clusters, worst first; their texts on the wall; and what Heron says of itself where it does not see them. */
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
  const content = computed<WallContent>(() => {
    const { snapshot, mode, atSecondMs: atMs } = view;
    const isNow = mode === 'live' || mode === 'stalled';
    const own = snapshot && isNow ? ownSubjects(snapshot, mode === 'stalled', atMs, preferences.zone) : null;
    return {
      clusters: clusters.value.map((cluster) => wallSubject(cluster, atMs, preferences.zone)),
      memory: wallMemory(clusters.value, atMs, preferences.zone),
      banners: own?.banners ?? [],
      explained: own?.explained ?? new Set(),
    };
  });
  const subjectById = computed(
    () =>
      new Map([...content.value.banners, ...content.value.clusters].map((subject) => [subject.id, subject])),
  );

  return { clusters, byId, content, subjectById };
}
