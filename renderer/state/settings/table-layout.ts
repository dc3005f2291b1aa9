import { z } from 'zod';

/** How a person wants a table: kept per table, and under names. What is not named shows itself by its own rules. */
export const tableLayoutSchema = z.object({
  /** Column ids in their order; columns that are not named follow in their own order. */
  order: z.array(z.string().max(40)).max(60).catch([]),
  choices: z.record(z.string(), z.enum(['shown', 'hidden'])).catch({}),
  /** Widths set by hand, pixels. */
  widths: z.record(z.string(), z.number().min(40).max(1200)).catch({}),
  /** Columns that stay at the left when the table scrolls sideways. */
  pinned: z.array(z.string().max(40)).max(60).catch([]),
  sorting: z.array(z.object({ id: z.string(), desc: z.boolean() })).catch([]),
  density: z.enum(['normal', 'dense']).catch('normal'),
});
export type TableLayout = z.infer<typeof tableLayoutSchema>;

export const plainLayout: TableLayout = {
  order: [],
  choices: {},
  widths: {},
  pinned: [],
  sorting: [],
  density: 'normal',
};

export const leastWidthPx = 48;
const mostWidthPx = 800;

interface Known {
  id: string;
}

/** Columns in the order they stand: pinned ones first, then as ordered by hand, then the rest as they come. */
export function ordered<C extends Known>(columns: readonly C[], layout: TableLayout): C[] {
  const place = new Map(layout.order.map((id, index) => [id, index]));
  const pinned = new Set(layout.pinned);
  // A column that is not named stands behind its neighbour from the original order.
  let last = -1;
  const keyed = columns.map((column, index) => {
    last = place.get(column.id) ?? last;
    return { column, pinned: pinned.has(column.id) ? 0 : 1, place: last, index };
  });
  return keyed
    .sort((a, b) => a.pinned - b.pinned || a.place - b.place || a.index - b.index)
    .map(({ column }) => column);
}

/** The layout with a column moved before or behind another one. Pinned state follows the neighbour it was put beside. */
export function moved(
  layout: TableLayout,
  columns: readonly Known[],
  id: string,
  to: { id: string; side: 'before' | 'behind' },
): TableLayout {
  if (id === to.id) return layout;
  const order = ordered(columns, layout).map((column) => column.id);
  const without = order.filter((one) => one !== id);
  const target = without.indexOf(to.id);
  if (target < 0 || without.length === order.length) return layout;
  without.splice(target + (to.side === 'behind' ? 1 : 0), 0, id);
  const pinned = new Set(layout.pinned);
  if (pinned.has(to.id)) pinned.add(id);
  else pinned.delete(id);
  return { ...layout, order: without, pinned: without.filter((one) => pinned.has(one)) };
}

/** The layout with a column one place further left or right among `visible`, as by key. */
export function nudged(
  layout: TableLayout,
  columns: readonly Known[],
  visible: readonly Known[],
  id: string,
  by: -1 | 1,
): TableLayout {
  const place = visible.findIndex((column) => column.id === id);
  const neighbour = place < 0 ? undefined : visible[place + by];
  if (!neighbour) return layout;
  return moved(layout, columns, id, { id: neighbour.id, side: by < 0 ? 'before' : 'behind' });
}

/** The layout with a column as wide as asked, within what can be used; null: its own width again. */
export function resized(layout: TableLayout, id: string, widthPx: number | null): TableLayout {
  const { [id]: _old, ...widths } = layout.widths;
  if (widthPx === null) return { ...layout, widths };
  const fitted = Math.round(Math.min(mostWidthPx, Math.max(leastWidthPx, widthPx)));
  return { ...layout, widths: { ...widths, [id]: fitted } };
}

/** The layout with a column pinned to the left, or not any more. */
export function pinToggled(layout: TableLayout, id: string): TableLayout {
  const pinned = layout.pinned.includes(id)
    ? layout.pinned.filter((one) => one !== id)
    : [...layout.pinned, id];
  return { ...layout, pinned };
}

/** The layout after a click on a column's box. */
export function shownToggled(layout: TableLayout, id: string, visible: boolean): TableLayout {
  return { ...layout, choices: { ...layout.choices, [id]: visible ? 'hidden' : 'shown' } };
}
