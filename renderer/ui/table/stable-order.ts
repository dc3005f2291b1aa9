/** Rows re-sort at most this often. */
export const resortIntervalMs = 5000;

export interface StableOrder {
  ids: readonly string[];
  sortedAtMs: number;
  /** A re-sort is due, but the pointer is over the rows. */
  waiting: boolean;
}

export const noOrder: StableOrder = { ids: [], sortedAtMs: -Infinity, waiting: false };

/**
 * The order to show. Rows keep their places, removed ones are dropped, and new ones are added at the end. It becomes `sorted`
 * when `forced` (the user sorted, searched or filtered), or when the last sort is five seconds old and no pointer is over the
 * rows (`busy`).
 */
export function nextOrder(
  current: StableOrder,
  sorted: readonly string[],
  when: { nowMs: number; busy: boolean; forced: boolean },
): StableOrder {
  const due = when.nowMs - current.sortedAtMs >= resortIntervalMs;
  if (when.forced || current.ids.length === 0) return { ids: sorted, sortedAtMs: when.nowMs, waiting: false };
  const present = new Set(sorted);
  const before = new Set(current.ids);
  const ids = [...current.ids.filter((id) => present.has(id)), ...sorted.filter((id) => !before.has(id))];
  const same = ids.every((id, index) => id === sorted[index]);
  if (same) return { ids: sorted, sortedAtMs: current.sortedAtMs, waiting: false };
  if (due && !when.busy) return { ids: sorted, sortedAtMs: when.nowMs, waiting: false };
  return { ids, sortedAtMs: current.sortedAtMs, waiting: due };
}
