import { useEventListener } from '@vueuse/core';
import { useRoute } from 'vue-router';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useAckStore } from '../../state/window/acknowledge-dialog';

/** The key a: acknowledges the problem of the focused row, or of the open cluster. */
export function useAckKey(): void {
  const ack = useAckStore();
  const preferences = usePreferencesStore();
  const route = useRoute();

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== 'a' || !preferences.letterKeys || !(event.target instanceof HTMLElement)) return;
    if (event.target.matches('input, textarea, select') || event.target.isContentEditable) return;
    if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
    const opened = route.params['id'];
    const row = event.target.closest<HTMLElement>('[data-row]')?.dataset['row'];
    const id = row ?? (typeof opened === 'string' ? opened : '');
    if (!ack.canAsk(id)) return;
    event.preventDefault();
    ack.ask(id);
  });
}
