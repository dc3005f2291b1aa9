import { computed, watch } from 'vue';
import { noteThreads, notesOf, type NotesOf } from '../../../domain/model/note-threads';
import { useEventsStore } from './events';

/** The notes of a cluster or an incident, or all of them, each with its earlier versions, the latest first. */
export function useNotes(of: () => NotesOf) {
  const events = useEventsStore();
  const list = computed(() => events.open({ clusterId: of().clusterId ?? null, types: ['note'] }));
  // An edit makes sense only with the note that it replaces: all notes are read.
  watch(
    [list, () => list.value.rows.length, () => list.value.loading],
    () => {
      const { loading, complete, failure } = list.value;
      if (!loading && !complete && failure === null) void events.loadOlder(list.value);
    },
    { immediate: true },
  );
  const threads = computed(() => notesOf(noteThreads(list.value.rows), of()).toReversed());
  return { list, threads };
}
