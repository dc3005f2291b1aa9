import { useEventListener } from '@vueuse/core';
import { useRoute } from 'vue-router';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useAckStore } from '../../state/window/acknowledge-dialog';

/** The key a: acknowledges the focused row, the open cluster, or what the view is about. */
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
    const ids = ack.canAsk(id) ? [id] : row === undefined ? ack.subjectIds.filter(ack.canAsk) : [];
    if (ids.length === 0) return;
    event.preventDefault();
    ack.ask(ids);
  });
}
