import { useEventListener } from '@vueuse/core';
import { shallowRef, type Ref } from 'vue';
import type { TimeScale } from '../../time/time-scale';

interface DragActions {
  pan(byMs: number): void;
  brush(fromMs: number, toMs: number): void;
  click(x: number, y: number): void;
  /** The time at this place; near the end of a mark, that end's time. `y` null: above the lanes. */
  timeAt(x: number, y: number | null): number;
}

interface Span {
  fromMs: number;
  toMs: number;
}

interface Press {
  x: number;
  y: number;
  leftPx: number;
  topPx: number;
  kind: 'pan' | 'brush';
  onRuler: boolean;
  moved: boolean;
}

/** A press that moves less than this is a click. */
const clickTolerancePx = 4;

/**
 * The pointer on the timeline: dragging the lanes pans, dragging the ruler (or the lanes with Shift) selects a range, a click
 * selects. While measuring, two clicks measure a span. What is selected or measured snaps to the marks of its lane.
 */
export function useDragging(
  scale: Readonly<Ref<TimeScale>>,
  measuring: Readonly<Ref<boolean>>,
  measured: Ref<Span | null>,
  actions: DragActions,
) {
  const brush = shallowRef<Span | null>(null);
  let pressed: Press | null = null;

  function onMove(event: PointerEvent): void {
    if (!pressed) return;
    const by = event.clientX - pressed.x;
    pressed.moved ||= Math.abs(by) >= clickTolerancePx;
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
    if (measuring.value) measured.value = measuredAfter(measured.value, actions.timeAt(x, y));
    else actions.click(x, y);
  }

  useEventListener(window, 'pointermove', onMove);
  useEventListener(window, ['pointerup', 'pointercancel'], onUp);

  return {
    brush,
    beginDrag: (event: PointerEvent) => {
      pressed = pressOf(event, event.shiftKey ? 'brush' : 'pan', false) ?? pressed;
    },
    beginBrush: (event: PointerEvent) => {
      pressed = pressOf(event, 'brush', true) ?? pressed;
    },
  };
}

function pressOf(event: PointerEvent, kind: Press['kind'], onRuler: boolean): Press | null {
  if (event.button !== 0) return null;
  const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return { x: event.clientX, y: event.clientY, leftPx: left, topPx: top, kind, onRuler, moved: false };
}

/** The first click begins a span, the second ends it, a third begins a new one. */
function measuredAfter(before: Span | null, ms: number): Span {
  const isBegun = before !== null && before.toMs === before.fromMs;
  return { fromMs: isBegun ? before.fromMs : ms, toMs: ms };
}
