import { computed, type Ref } from 'vue';
import type { WallRoom, WallPage } from './place-blocks';
import type { WallContent } from './wall-groups';
import { layWall } from './wall-layout';
import { steadyDigits } from './wall-text';
import type { WallSubject } from './wall-subject';
import { useTextWidth } from './use-text-width';

/** Lays the wall out when texts or room change, but not for every second of a running time. */
export function useWallPages(
  content: Readonly<Ref<WallContent>>,
  room: Readonly<Ref<WallRoom>>,
): Readonly<Ref<WallPage[]>> {
  const measure = useTextWidth();
  const steady = computed<{ key: string; content: WallContent }>((before) => {
    const { clusters, memory, banners, explained } = content.value;
    const next = { clusters: clusters.map(steadied), memory, banners: banners.map(steadied), explained };
    const key = JSON.stringify({ ...next, explained: [...explained] });
    return before?.key === key ? before : { key, content: next };
  });
  return computed(() => layWall(steady.value.content, room.value, measure.value));
}

/** Running times with zeros for digits: their width changes with their length only. */
function steadied(subject: WallSubject): WallSubject {
  const { timer, since, lbAge, mark } = subject;
  return {
    ...subject,
    timer: steadyDigits(timer),
    since: steadyDigits(since),
    lbAge: steadyDigits(lbAge),
    mark: steadyDigits(mark),
  };
}
