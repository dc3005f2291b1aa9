/** Rows re-sort at most this often. */
export const resortIntervalMs = 5000;

export interface HeldOrder {
  ids: readonly string[];
  sortedAtMs: number;
  /** Rows would stand elsewhere by now, but the pointer is over them. */
  waiting: boolean;
}

export const noOrder: HeldOrder = { ids: [], sortedAtMs: -Infinity, waiting: false };

/**
 * The order to show. A held order keeps its rows where they are, drops the ones that are gone, and puts new ones at the
 * end. It gives way to `sorted` when `forced` (the person sorted, searched or filtered), or when the last sort is five
 * seconds old and no pointer is over the rows (`busy`).
 */
export function nextOrder(
  held: HeldOrder,
  sorted: readonly string[],
  when: { nowMs: number; busy: boolean; forced: boolean },
): HeldOrder {
  const due = when.nowMs - held.sortedAtMs >= resortIntervalMs;
  if (when.forced || held.ids.length === 0) return { ids: sorted, sortedAtMs: when.nowMs, waiting: false };
  const present = new Set(sorted);
  const before = new Set(held.ids);
  const ids = [...held.ids.filter((id) => present.has(id)), ...sorted.filter((id) => !before.has(id))];
  const same = ids.every((id, index) => id === sorted[index]);
  if (same) return { ids: sorted, sortedAtMs: held.sortedAtMs, waiting: false };
  if (due && !when.busy) return { ids: sorted, sortedAtMs: when.nowMs, waiting: false };
  return { ids, sortedAtMs: held.sortedAtMs, waiting: due };
}
