import { computed, onBeforeUnmount, watchEffect, type Ref } from 'vue';
import { useLiveStore } from '../../state/live/live';
import type { WallPage, WallRoom } from './place-blocks';
import { showsShare } from './quiet-forms';
import { useRotation } from './use-rotation';
import { useWallPages } from './use-wall-pages';
import type { WallContent } from './wall-groups';

/** The pages of the wall, and the one that is shown. */
export function useShownPage(content: Readonly<Ref<WallContent>>, room: Readonly<Ref<WallRoom>>) {
  const pages = useWallPages(content, room);
  const { page, turn } = useRotation(computed(() => pages.value.length));
  const shown = computed(() => pages.value[page.value] ?? null);
  showMetricsOf(shown);
  return { pages, page, turn, shown };
}

/** Of the texts of a tile none is a metric: only rows with a strip of shares are shown with metrics. */
function showMetricsOf(page: Readonly<Ref<WallPage | null>>): void {
  const live = useLiveStore();
  watchEffect(() => {
    const withShares = page.value?.tiles.filter(({ form }) => showsShare(form)) ?? [];
    live.setShownIds(new Set(withShares.map(({ id }) => id)));
  });
  onBeforeUnmount(() => live.setShownIds(null));
}
