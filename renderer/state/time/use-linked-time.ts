import { watch } from 'vue';
import { useRoute } from 'vue-router';
import { z } from 'zod';
import { useTimeStore } from './time';

/** Milliseconds of UTC in an address. */
const ms = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const linked = z.union([
  z.object({ from: ms, to: ms }).refine(({ from, to }) => to > from),
  z.object({ t: ms }),
]);

/** Goes to the time in the address: `t`, or the time window from `from` to `to`. */
export function useLinkedTime(): void {
  const route = useRoute();
  const time = useTimeStore();
  watch(
    () => [route.query['t'], route.query['from'], route.query['to']],
    () => {
      const read = linked.safeParse(route.query);
      if (!read.success) return;
      if ('t' in read.data) {
        time.travelTo(read.data.t);
        return;
      }
      const { from, to } = read.data;
      time.windowMs = to - from;
      // The timeline shows T a third before its end.
      time.travelTo(from + (to - from) * 0.65);
    },
    { immediate: true },
  );
}
