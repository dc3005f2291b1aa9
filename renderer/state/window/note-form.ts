import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { NoteAbout } from '../../../domain/model/note';

/** A note that is to be written: about what, and in place of which. */
export interface NoteRequest {
  /** Whose timeline it stands on; null: none. */
  clusterId: string | null;
  about: NoteAbout;
  /** "the failover in fra-02", "fra-02". */
  subject: string;
  /** The note that it replaces, and what that one says. */
  edits: { id: number; text: string } | null;
}

/** The one form for notes in the window, and what it is asked for. */
export const useNoteFormStore = defineStore('note-form', () => {
  const open = shallowRef<NoteRequest | null>(null);
  return {
    open,
    ask(request: NoteRequest): void {
      open.value = request;
    },
    close(): void {
      open.value = null;
    },
  };
});
