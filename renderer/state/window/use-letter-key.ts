import { useEventListener } from '@vueuse/core';
import { usePreferencesStore } from '../settings/preferences';
import { isForWindow } from './use-shortcuts';

/** Calls `action` when this letter is pressed, where single-letter keys are allowed, and not while typing or in a dialog. */
export function useLetterKey(letter: string, action: () => void): void {
  const preferences = usePreferencesStore();
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.key !== letter || !preferences.letterKeys || !isForWindow(event))
      return;
    event.preventDefault();
    action();
  });
}
