import { createEventHook, useEventListener } from '@vueuse/core';
import { useRouter } from 'vue-router';
import { usePaletteStore } from './palette';
import { usePreferencesStore } from '../settings/preferences';
import { useTimeStore } from '../time/time';
import { useZoomStore } from '../time/zoom';
import { KeyChords } from './key-chords';

const searchKey = createEventHook();
const rowKey = createEventHook<RowMove>();

/** A step between rows asked for by key, from anywhere in the window. */
export type RowMove = 'next' | 'previous';

/** Called when a person asks for the search field by key. */
export const onSearchKey = searchKey.on;
/** Called for j and k. */
export const onRowKey = rowKey.on;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

/** The window's keys. Single letters stay quiet while typing, and can be turned off in Settings (WCAG 2.1.4). */
export function useShortcuts(): void {
  const preferences = usePreferencesStore();
  const router = useRouter();
  const time = useTimeStore();
  const zoom = useZoomStore();
  const palette = usePaletteStore();
  const chords = new KeyChords(new Set(['d', 't']));

  /** Second keys of "t …": the arrows shift T by a quarter of the window, + shows less of it, z and − show more. */
  function travel(key: string, event: KeyboardEvent): void {
    if (key === 'ArrowLeft') time.shift(-time.windowMs / 4);
    else if (key === 'ArrowRight') time.shift(time.windowMs / 4);
    else if (key === '+' || key === '=') zoom.closer();
    else if (key === 'z' || key === '-') zoom.out();
    else return;
    event.preventDefault();
  }

  function isForWindow(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return false;
    return !document.querySelector('[role="dialog"], [role="menu"]');
  }

  function isForShortcuts(event: KeyboardEvent): boolean {
    return preferences.letterKeys && isForWindow(event);
  }

  /** Before anybody else: the second key of a chord is the chord's, whatever it does alone (k in a table). */
  useEventListener(
    window,
    'keydown',
    (event: KeyboardEvent) => {
      if (!isForShortcuts(event)) return;
      const chord = chords.press(event.key, event.timeStamp);
      if (chord === 'waiting' || chord === null) return;
      if (chord.first === 'd' && chord.second === 'k') {
        const onWall = router.currentRoute.value.name === 'wall';
        void router.push({ name: onWall ? 'clusters' : 'wall' });
        event.preventDefault();
      } else if (chord.first === 't') travel(chord.second, event);
      if (event.defaultPrevented) event.stopImmediatePropagation();
    },
    { capture: true },
  );

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      palette.open = true;
      return;
    }
    // The first Escape leaves the zoom, the next what is open; the wall shows no stretch of time to zoom out of.
    const onWall = router.currentRoute.value.name === 'wall';
    if (event.key === 'Escape' && !onWall && isForWindow(event) && zoom.back()) {
      event.preventDefault();
      return;
    }
    if (!isForShortcuts(event)) return;
    switch (event.key) {
      case '/':
        event.preventDefault();
        void searchKey.trigger();
        break;
      case 'l':
        time.goLive();
        break;
      case '?':
        void router.push({ name: 'help' });
        break;
      case 'j':
        void rowKey.trigger('next');
        break;
      case 'k':
        void rowKey.trigger('previous');
        break;
    }
  });
}
