import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useCommand } from '../../bridge/use-command';
import { useFileStore } from '../live/file';

/** A form that is asked for. `id` null: something new. */
export type FormRequest =
  | { form: 'cluster'; id: string | null }
  | { form: 'edge'; id: string | null }
  | { form: 'credential'; name: string | null }
  | { form: 'delete'; what: 'cluster' | 'edge'; id: string };

/** A change that can be taken back while it is shown. */
export interface Undoable {
  change: number;
  words: string;
}

/** Which form is open, and the latest change, with its way back. Anything may open a form: rows, buttons, keys. */
export const useFormsStore = defineStore('forms', () => {
  const file = useFileStore();
  /** The inventory of an opened file is a record: it is not edited. */
  const canAsk = computed(() => !file.isOpen);
  const open = shallowRef<FormRequest | null>(null);
  const undoable = shallowRef<Undoable | null>(null);
  const { busy: undoing, failure, run, reset } = useCommand('inventory.undo');

  function ask(form: FormRequest): void {
    if (canAsk.value) open.value = form;
  }

  function close(): void {
    open.value = null;
  }

  function changed(change: number, words: string): void {
    reset();
    undoable.value = { change, words };
  }

  function dismiss(): void {
    undoable.value = null;
    reset();
  }

  async function undo(): Promise<void> {
    const latest = undoable.value;
    if (latest === null || undoing.value) return;
    const done = await run({ change: latest.change });
    if (done !== null) undoable.value = null;
  }

  return { open, undoable, undoing, failure, canAsk, ask, close, changed, dismiss, undo };
});
