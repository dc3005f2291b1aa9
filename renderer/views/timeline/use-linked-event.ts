import { watch, type Ref } from 'vue';
import { useRoute } from 'vue-router';
import type { RecordedEvent } from '../../../domain/model/event';

/** Selects the event that the address names by its number (`event`), once, as soon as it has been read. */
export function useLinkedEvent(
  events: Ref<readonly RecordedEvent[]>,
  selected: Ref<RecordedEvent | null>,
): void {
  const route = useRoute();
  let done: unknown = null;
  watch(
    [() => route.query['event'], events],
    ([id, known]) => {
      const linked = id === done ? undefined : known.find((recorded) => String(recorded.id) === id);
      if (linked === undefined) return;
      done = id;
      selected.value = linked;
    },
    { immediate: true },
  );
}
