import { computed } from 'vue';
import { useViewStore } from '../../state/fleet/view';
import { usePreferencesStore } from '../../state/settings/preferences';
import { compareWorstFirst } from '../../../domain/words/worst-first';
import { ownSubjects } from './own-subjects';
import { withStoppedData } from './stopped-data';
import type { WallContent } from './wall-groups';
import { isSameSubject, type WallSubject } from './wall-subject';
import { wallMemory, wallSubject } from './wall-words';

/** Clusters, worst first; their texts on the wall; and what Heron says of itself where it does not see them. */
export function useWallContent() {
  const view = useViewStore();
  const preferences = usePreferencesStore();

  const worstFirst = computed(() => view.stableClusters.toSorted(compareWorstFirst).map(({ id }) => id));
  const clusters = computed(() => {
    const monitor = view.snapshot?.monitor;
    if (!monitor) return [];
    const rows = worstFirst.value.flatMap((id) => view.byId.get(id) ?? []);
    const shown = rows.map((cluster) => withStoppedData(cluster, monitor, view.atMs, preferences.zone));
    return shown.every((cluster, at) => cluster === rows[at]) ? rows : shown.sort(compareWorstFirst);
  });
  const byId = computed(() => new Map(clusters.value.map((cluster) => [cluster.id, cluster])));
  /** A subject whose texts are the same stays the same object, and its tile is not rendered again. */
  let known = new Map<string, WallSubject>();
  function keptSubjects(subjects: readonly WallSubject[]): WallSubject[] {
    const kept = subjects.map((subject) => {
      const before = known.get(subject.id);
      return before && isSameSubject(before, subject) ? before : subject;
    });
    known = new Map(kept.map((subject) => [subject.id, subject]));
    return kept;
  }
  const content = computed<WallContent>(() => {
    const { snapshot, mode, atSecondMs: atMs } = view;
    const isNow = mode === 'live' || mode === 'stalled';
    const own = snapshot && isNow ? ownSubjects(snapshot, mode === 'stalled', atMs, preferences.zone) : null;
    return {
      clusters: keptSubjects(clusters.value.map((cluster) => wallSubject(cluster, atMs, preferences.zone))),
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
