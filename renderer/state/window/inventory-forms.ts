import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useCommand } from '../../bridge/use-command';
import { useFileStore } from '../live/file';

/** A requested form. `id` null: a new entry. */
export type FormRequest =
  | { form: 'cluster'; id: string | null }
  | { form: 'edge'; id: string | null }
  | { form: 'credential'; name: string | null }
  /** A metrics engine through which edges are read. */
  | { form: 'source'; name: string | null }
  /** The source at the vendor: its settings, or reading it and what would change. */
  | { form: 'vendor'; step: 'source' | 'changes' }
  | { form: 'delete'; what: 'cluster' | 'edge' | 'source'; id: string };

/** A change that can be undone while its bar is shown. */
export interface Undoable {
  change: number;
  words: string;
}

/** The open form, which rows, buttons and keys can open, and the latest change with its undo. */
export const useFormsStore = defineStore('forms', () => {
  const file = useFileStore();
  /** False while a file is open, whose inventory cannot be edited. */
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
