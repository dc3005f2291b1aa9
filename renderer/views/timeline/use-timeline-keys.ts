import { useEventListener } from '@vueuse/core';
import type { RecordedEvent } from '../../../domain/model/event';
import { usePreferencesStore } from '../../state/settings/preferences';

/** What the keys do. */
export interface TimelineActions {
  pan(part: number): void;
  zoom(factor: number): void;
  select(recorded: RecordedEvent): void;
  close(): boolean;
  scroll(byPx: number): void;
  /** Goes to the lane above or below. */
  lane(side: -1 | 1): void;
  /** Goes along the chosen lane; false: none is chosen, or it has nothing more on that side. */
  along(side: -1 | 1): boolean;
  /** Does what a click on the chosen place does; false: none is chosen. */
  choose(): boolean;
  /** Writes a note on the selected event, or on T. */
  note(): void;
}

/**
 * The timeline's keys: up and down choose a lane, left and right go along what it shows, or pan; Enter opens it; + and − zoom, Page keys scroll the lanes, n and p (or Shift with an arrow) select the next and
 * previous event, Shift+N adds a note, Escape closes. Returns whether the key did something.
 */
export function timelineKey(
  event: KeyboardEvent,
  events: readonly RecordedEvent[],
  selected: RecordedEvent | null,
  atMs: number,
  actions: TimelineActions,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const step = (side: -1 | 1): void => {
    const next = neighbour(events, selected?.event.timeMs ?? atMs, selected?.id ?? null, side);
    if (next) actions.select(next);
  };
  switch (event.key) {
    case 'ArrowLeft':
      if (event.shiftKey) step(-1);
      else if (!actions.along(-1)) actions.pan(-0.1);
      return true;
    case 'ArrowRight':
      if (event.shiftKey) step(1);
      else if (!actions.along(1)) actions.pan(0.1);
      return true;
    case 'ArrowDown':
      actions.lane(1);
      return true;
    case 'ArrowUp':
      actions.lane(-1);
      return true;
    case 'Enter':
      return actions.choose();
    case 'n':
      step(1);
      return true;
    case 'N':
      actions.note();
      return true;
    case 'p':
      step(-1);
      return true;
    case '+':
    case '=':
      actions.zoom(0.5);
      return true;
    case '-':
      actions.zoom(2);
      return true;
    case 'PageDown':
      actions.scroll(300);
      return true;
    case 'PageUp':
      actions.scroll(-300);
      return true;
    case 'Escape':
      return actions.close();
    default:
      return false;
  }
}

/** The timeline's keys also work while nothing has the focus, as after opening the view; letters only where they are not turned off. */
export function useKeysFromAnywhere(onKey: (event: KeyboardEvent) => void): void {
  const preferences = usePreferencesStore();
  const listen = (event: KeyboardEvent): void => {
    if (event.target !== document.body || event.defaultPrevented) return;
    if (/^[a-z]$/i.test(event.key) && !preferences.letterKeys) return;
    if (!document.querySelector('[role="dialog"], [role="menu"]')) onKey(event);
  };
  // In the capture phase, before what the same letters do elsewhere: n adds a cluster.
  useEventListener(window, 'keydown', listen, { capture: true });
}

/** The event next to a time (and, among those of one millisecond, next to a number). */
export function neighbour(
  events: readonly RecordedEvent[],
  timeMs: number,
  id: number | null,
  side: -1 | 1,
): RecordedEvent | null {
  const order = (one: { timeMs: number; id: number }, other: { timeMs: number; id: number }): number =>
    one.timeMs - other.timeMs || one.id - other.id;
  const here = { timeMs, id: id ?? (side > 0 ? Infinity : -Infinity) };
  let best: RecordedEvent | null = null;
  for (const recorded of events) {
    const at = { timeMs: recorded.event.timeMs, id: recorded.id };
    if (order(at, here) * side <= 0) continue;
    if (best === null || order(at, { timeMs: best.event.timeMs, id: best.id }) * side < 0) best = recorded;
  }
  return best;
}
