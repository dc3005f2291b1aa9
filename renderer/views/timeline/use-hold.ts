import { useEventListener } from '@vueuse/core';
import { computed, shallowRef, type Ref } from 'vue';

/** A pointer that has not moved for this long no longer holds what is under it. */
const idleAfterMs = 30_000;

/** The pointer on the lanes; `movedAtMs` by a clock that is never set, -Infinity: it is elsewhere. */
export interface HoldingPointer {
  movedAtMs: number;
  isPressed: boolean;
  /** The user asked to go on although the pointer is there. */
  isReleased: boolean;
}

const elsewhere: HoldingPointer = { movedAtMs: -Infinity, isPressed: false, isReleased: false };

/** Whether the lanes stand still: while something is dragged, and while a pointer that moves is over them. */
export function isHolding(pointer: HoldingPointer, monotonicMs: number): boolean {
  if (pointer.isPressed) return true;
  return !pointer.isReleased && monotonicMs - pointer.movedAtMs < idleAfterMs;
}

/** Holds the lanes while the pointer is over them. The handlers belong on the element that contains them. */
export function useHold(monotonicMs: Ref<number>) {
  const pointer = shallowRef(elsewhere);
  const change = (part: Partial<HoldingPointer>): void => {
    pointer.value = { ...pointer.value, ...part };
  };
  useEventListener(window, ['pointerup', 'pointercancel'], () => {
    if (pointer.value.isPressed) change({ isPressed: false });
  });
  return {
    held: computed(() => isHolding(pointer.value, monotonicMs.value)),
    release: () => change({ isReleased: true }),
    handlers: {
      pointermove: () => {
        if (pointer.value.movedAtMs !== monotonicMs.value) change({ movedAtMs: monotonicMs.value });
      },
      pointerdown: () => change({ isPressed: true }),
      pointerleave: () => change({ movedAtMs: -Infinity, isReleased: false }),
    },
  };
}
