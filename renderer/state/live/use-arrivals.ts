import { shallowRef } from 'vue';
import { arrived, excused, noArrivals } from './arrivals';

/** When notices arrived, on the page's monotonic clock. */
export function useArrivals() {
  const arrivals = shallowRef(noArrivals);
  return {
    arrivals,
    onArrival: () => {
      arrivals.value = arrived(arrivals.value, performance.now());
    },
    /** A hidden window receives no notices; visible again, it waits for the next one before it calls that a stall. */
    excuseSilence: () => {
      arrivals.value = excused(arrivals.value, performance.now());
    },
  };
}
