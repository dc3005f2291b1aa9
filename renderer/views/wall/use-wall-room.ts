import { useElementSize } from '@vueuse/core';
import { computed, type Ref } from 'vue';
import { usePreferencesStore } from '../../state/settings/preferences';
import { wallScale } from '../../state/settings/wall-scale';
import type { WallRoom } from './place-blocks';

/** Screen pixels for one pixel of the layout, and the size of the area for tiles in pixels of the layout. */
export function useWallRoom(element: Readonly<Ref<HTMLElement | null>>) {
  const preferences = usePreferencesStore();
  const { width, height } = useElementSize(element, { width: 1872, height: 924 });
  const unitPx = computed(() => {
    const { width: screenWidth, height: screenHeight } = window.screen;
    return wallScale({ width: screenWidth, height: screenHeight, inches: preferences.wallScreenInches });
  });
  const area = computed<WallRoom>(() => ({
    widthPx: width.value / unitPx.value,
    heightPx: height.value / unitPx.value,
  }));
  return { unitPx, area };
}
