import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { NoteAbout } from '../../../domain/model/note';

/** The subject of a note to write, and the note it edits. */
export interface NoteRequest {
  /** The cluster it belongs to; null: none. */
  clusterId: string | null;
  about: NoteAbout;
  /** "the failover in fra-02", "fra-02". */
  subject: string;
  /** The note it edits, with its text; null: a new note. */
  edits: { id: number; text: string } | null;
}

/** The open note form. */
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
