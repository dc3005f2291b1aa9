import { useEventListener } from '@vueuse/core';
import { shallowRef, type Ref } from 'vue';
import type { TimeScale } from '../../time/time-scale';

interface DragActions {
  pan(byMs: number): void;
  brush(fromMs: number, toMs: number): void;
  click(x: number, y: number): void;
  /** The time at this place; near the end of a mark, that end's. `y` null: above the lanes. */
  timeAt(x: number, y: number | null): number;
}

interface Stretch {
  fromMs: number;
  toMs: number;
}

/** A press that moves less than this is a click. */
const stillPx = 4;

/**
 * The pointer on the timeline: dragging the lanes pans, dragging the ruler (or the lanes with Shift) chooses a range, a click picks.
 * While measuring, two clicks hold a stretch of time. What is chosen or measured snaps to the marks of the lane it is in.
 */
export function useDragging(
  scale: Readonly<Ref<TimeScale>>,
  measuring: Readonly<Ref<boolean>>,
  measured: Ref<Stretch | null>,
  actions: DragActions,
) {
  const brush = shallowRef<Stretch | null>(null);
  let pressed: {
    x: number;
    y: number;
    leftPx: number;
    topPx: number;
    kind: 'pan' | 'brush';
    onRuler: boolean;
    moved: boolean;
  } | null = null;

  function begin(event: PointerEvent, kind: 'pan' | 'brush', onRuler: boolean): void {
    if (event.button !== 0) return;
    const place = (event.currentTarget as HTMLElement).getBoundingClientRect();
    pressed = {
      x: event.clientX,
      y: event.clientY,
      leftPx: place.left,
      topPx: place.top,
      kind,
      onRuler,
      moved: false,
    };
  }

  function onMove(event: PointerEvent): void {
    if (!pressed) return;
    const by = event.clientX - pressed.x;
    pressed.moved ||= Math.abs(by) >= stillPx;
    if (!pressed.moved) return;
    if (pressed.kind === 'pan') {
      const { fromMs, toMs, widthPx } = scale.value;
      actions.pan((-by / widthPx) * (toMs - fromMs));
      pressed.x = event.clientX;
    } else {
      const { leftPx, topPx, onRuler } = pressed;
      const y = onRuler ? null : pressed.y - topPx;
      const ends = [pressed.x, event.clientX].map((x) => actions.timeAt(x - leftPx, y));
      brush.value = { fromMs: Math.min(...ends), toMs: Math.max(...ends) };
    }
  }

  function onUp(event: PointerEvent): void {
    if (!pressed) return;
    const { moved, leftPx, topPx } = pressed;
    pressed = null;
    if (brush.value) {
      actions.brush(brush.value.fromMs, brush.value.toMs);
      brush.value = null;
      return;
    }
    if (moved) return;
    const x = event.clientX - leftPx;
    const y = event.clientY - topPx;
    if (measuring.value) hold(actions.timeAt(x, y));
    else actions.click(x, y);
  }

  /** The first click begins a stretch, the second ends it, a third begins anew. */
  function hold(ms: number): void {
    const open = measured.value !== null && measured.value.toMs === measured.value.fromMs;
    measured.value =
      open && measured.value ? { fromMs: measured.value.fromMs, toMs: ms } : { fromMs: ms, toMs: ms };
  }

  useEventListener(window, 'pointermove', onMove);
  useEventListener(window, ['pointerup', 'pointercancel'], onUp);

  return {
    brush,
    beginDrag: (event: PointerEvent) => begin(event, event.shiftKey ? 'brush' : 'pan', false),
    beginBrush: (event: PointerEvent) => begin(event, 'brush', true),
  };
}
