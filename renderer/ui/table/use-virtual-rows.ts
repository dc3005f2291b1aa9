import { defaultRangeExtractor, useVirtualizer } from '@tanstack/vue-virtual';
import { computed, watch, type Ref } from 'vue';

/** The sticky heading that stands above the rows inside the scrolled element. */
export const headerHeightPx = 40;

/** Only the rows in sight are in the document; their heights are known beforehand, nothing is measured. */
export function useVirtualRows(
  scroller: Ref<HTMLElement | null>,
  ids: Ref<readonly string[]>,
  heightsPx: Ref<readonly number[]>,
  keptIndex: Ref<number>,
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
      // The row with the focus stays in the document when it is scrolled out of sight, or the focus would be lost.
      rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const indexes = defaultRangeExtractor(range);
        const kept = keptIndex.value;
        if (kept >= 0 && kept < range.count && !indexes.includes(kept)) indexes.push(kept);
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
