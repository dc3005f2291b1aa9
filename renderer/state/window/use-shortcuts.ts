import { createEventHook, useEventListener } from '@vueuse/core';
import { useRouter } from 'vue-router';
import { usePaletteStore } from './palette';
import { usePreferencesStore } from '../settings/preferences';
import { useTimeStore } from '../time/time';
import { useZoomStore } from '../time/zoom';
import { KeyChords } from './key-chords';

const searchKey = createEventHook();
const rowKey = createEventHook<RowMove>();

/** A step between rows by key, from anywhere in the window. */
export type RowMove = 'next' | 'previous';

/** Called when the key for the search field is pressed. */
export const onSearchKey = searchKey.on;
/** Called for j and k. */
export const onRowKey = rowKey.on;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

/** Whether a key may act on the window: not while typing, nor while a dialog or menu is open. */
export function isForWindow(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return false;
  return !document.querySelector('[role="dialog"], [role="menu"]');
}

/** The window's keys. Single letters do nothing while typing, and can be turned off in Settings (WCAG 2.1.4). */
export function useShortcuts(): void {
  const preferences = usePreferencesStore();
  const chords = new KeyChords(new Set(['d', 't']));
  const onChord = useChordActions();
  const onKey = useKeyActions();
  const isForShortcuts = (event: KeyboardEvent): boolean => preferences.letterKeys && isForWindow(event);

  // In the capture phase: the second key of a chord belongs to the chord, whatever it does alone (k in a table).
  useEventListener(
    window,
    'keydown',
    (event: KeyboardEvent) => {
      if (!isForShortcuts(event)) return;
      const chord = chords.press(event.key, event.timeStamp);
      if (chord === 'waiting' || chord === null || !onChord(chord.first, chord.second)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (!event.defaultPrevented && onKey(event, isForShortcuts(event))) event.preventDefault();
  });
}

/**
 * "d k" opens the wall and leaves it. After "t" the arrows move T by a quarter of the time window, + shows less of it, z and −
 * more. The returned function tells whether the chord did something.
 */
function useChordActions(): (first: string, second: string) => boolean {
  const router = useRouter();
  const time = useTimeStore();
  const zoom = useZoomStore();

  function travel(key: string): boolean {
    if (key === 'ArrowLeft') time.shift(-time.windowMs / 4);
    else if (key === 'ArrowRight') time.shift(time.windowMs / 4);
    else if (key === '+' || key === '=') zoom.closer();
    else if (key === 'z' || key === '-') zoom.out();
    else return false;
    return true;
  }

  return (first, second) => {
    if (first === 't') return travel(second);
    if (first !== 'd' || second !== 'k') return false;
    const onWall = router.currentRoute.value.name === 'wall';
    void router.push({ name: onWall ? 'clusters' : 'wall' });
    return true;
  };
}

/** The keys that act alone. The returned function tells whether the key must not do anything else. */
function useKeyActions(): (event: KeyboardEvent, lettersAllowed: boolean) => boolean {
  const router = useRouter();
  const time = useTimeStore();
  const zoom = useZoomStore();
  const palette = usePaletteStore();

  const letters: Record<string, () => unknown> = {
    l: () => time.goLive(),
    '?': () => router.push({ name: 'help' }),
    j: () => rowKey.trigger('next'),
    k: () => rowKey.trigger('previous'),
  };

  return (event, lettersAllowed) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      palette.open = true;
      return true;
    }
    // The first Escape leaves the zoom, the next one closes what is open; the wall has no time window to zoom out of.
    const onWall = router.currentRoute.value.name === 'wall';
    if (event.key === 'Escape' && !onWall && isForWindow(event) && zoom.back()) return true;
    if (!lettersAllowed) return false;
    if (event.key === '/') {
      void searchKey.trigger();
      return true;
    }
    letters[event.key]?.();
    return false;
  };
}
