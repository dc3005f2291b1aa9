import { useEventListener } from '@vueuse/core';
import { useLiveStore } from '../live/live';
import { usePreferencesStore } from '../settings/preferences';
import { useFormsStore, type FormRequest } from './inventory-forms';

/** The subject of a table row: `data-row` is the id of a cluster or standalone edge, `data-edge` of any edge. */
export interface RowSubject {
  what: 'cluster' | 'edge';
  id: string;
  name: string;
}

/** The cluster or edge of the row that contains an element, or null. */
export function useRowSubject(): (target: EventTarget | null) => RowSubject | null {
  const live = useLiveStore();
  return (target) => {
    if (!(target instanceof Element)) return null;
    const row = target.closest<HTMLElement>('[data-row], [data-edge]');
    const clusters = live.snapshot?.clusters ?? [];
    const edgeId = row?.dataset['edge'];
    if (edgeId !== undefined) {
      const edge = clusters.flatMap(({ edges }) => edges).find(({ id }) => id === edgeId);
      return edge ? { what: 'edge', id: edge.id, name: edge.name } : null;
    }
    const cluster = clusters.find(({ id }) => id === row?.dataset['row']);
    return cluster
      ? { what: cluster.kind === 'cluster' ? 'cluster' : 'edge', id: cluster.id, name: cluster.name }
      : null;
  };
}

/** The form that edits a row's subject. */
export function editForm({ what, id }: RowSubject): FormRequest {
  return what === 'cluster' ? { form: 'cluster', id } : { form: 'edge', id };
}

/** n adds a cluster; e edits and Delete deletes the focused row. Single letters can be turned off in Settings. */
export function useFormKeys(): void {
  const forms = useFormsStore();
  const preferences = usePreferencesStore();
  const subjectOf = useRowSubject();

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select')) return;
    if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
    const subject = subjectOf(event.target);
    if (event.key === 'Delete' && subject) {
      event.preventDefault();
      forms.ask({ form: 'delete', what: subject.what, id: subject.id });
    }
    if (!preferences.letterKeys) return;
    if (event.key === 'n') {
      event.preventDefault();
      forms.ask({ form: 'cluster', id: null });
    }
    if (event.key === 'e' && subject) {
      event.preventDefault();
      forms.ask(editForm(subject));
    }
  });
}
