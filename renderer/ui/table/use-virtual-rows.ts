import { defaultRangeExtractor, useVirtualizer } from '@tanstack/vue-virtual';
import { computed, watch, type Ref } from 'vue';

/** Height of the sticky heading above the rows, inside the scrolled element. */
export const headerHeightPx = 40;

/** Renders only visible rows. Their heights are known, so nothing is measured. */
export function useVirtualRows(
  scroller: Ref<HTMLElement | null>,
  ids: Ref<readonly string[]>,
  heightsPx: Ref<readonly number[]>,
  focusedIndex: Ref<number>,
) {
  const virtualizer = useVirtualizer(
    computed(() => ({
      count: ids.value.length,
      getScrollElement: () => scroller.value,
      estimateSize: (index: number) => heightsPx.value[index] ?? 36,
      getItemKey: (index: number) => ids.value[index] ?? index,
      overscan: 6,
      scrollMargin: headerHeightPx,
      scrollPaddingStart: headerHeightPx,
      // The focused row stays in the document while scrolled out of view, or the focus would be lost.
      rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const indexes = defaultRangeExtractor(range);
        const focused = focusedIndex.value;
        if (focused >= 0 && focused < range.count && !indexes.includes(focused)) indexes.push(focused);
        return indexes.sort((a, b) => a - b);
      },
    })),
  );

  watch(
    () => `${ids.value.join(' ')} ${heightsPx.value.join(' ')}`,
    () => virtualizer.value.measure(),
    { flush: 'post' },
  );

  return {
    items: computed(() => virtualizer.value.getVirtualItems()),
    totalPx: computed(() => virtualizer.value.getTotalSize()),
    scrollToIndex: (index: number) => virtualizer.value.scrollToIndex(index, { align: 'auto' }),
  };
}
