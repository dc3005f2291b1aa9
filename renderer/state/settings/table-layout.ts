import { z } from 'zod';

/** A user's layout of a table. Columns not mentioned follow their own defaults. */
export const tableLayoutSchema = z.object({
  /** Column ids in order; columns not listed follow in their default order. */
  order: z.array(z.string().max(40)).max(60).catch([]),
  choices: z.record(z.string(), z.enum(['shown', 'hidden'])).catch({}),
  /** Widths set by the user, pixels. */
  widths: z.record(z.string(), z.number().min(40).max(1200)).catch({}),
  /** Columns fixed at the left while the table scrolls sideways. */
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

/** Columns in display order: pinned ones first, then the user's order, then the rest in default order. */
export function ordered<C extends Known>(columns: readonly C[], layout: TableLayout): C[] {
  const place = new Map(layout.order.map((id, index) => [id, index]));
  const pinned = new Set(layout.pinned);
  // A column not listed follows its predecessor in the default order.
  let last = -1;
  const keyed = columns.map((column, index) => {
    last = place.get(column.id) ?? last;
    return { column, pinned: pinned.has(column.id) ? 0 : 1, place: last, index };
  });
  return keyed
    .sort((a, b) => a.pinned - b.pinned || a.place - b.place || a.index - b.index)
    .map(({ column }) => column);
}

/** The layout with a column moved before or after another one, which also decides whether it is pinned. */
export function moved(
  layout: TableLayout,
  columns: readonly Known[],
  id: string,
  to: { id: string; side: 'before' | 'after' },
): TableLayout {
  if (id === to.id) return layout;
  const order = ordered(columns, layout).map((column) => column.id);
  const without = order.filter((one) => one !== id);
  const target = without.indexOf(to.id);
  if (target < 0 || without.length === order.length) return layout;
  without.splice(target + (to.side === 'after' ? 1 : 0), 0, id);
  const pinned = new Set(layout.pinned);
  if (pinned.has(to.id)) pinned.add(id);
  else pinned.delete(id);
  return { ...layout, order: without, pinned: without.filter((one) => pinned.has(one)) };
}

/** The layout with a column moved one place left or right among `visible`. */
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
  return moved(layout, columns, id, { id: neighbour.id, side: by < 0 ? 'before' : 'after' });
}

/** The layout with a column of this width, clamped; null: its default width. */
export function resized(layout: TableLayout, id: string, widthPx: number | null): TableLayout {
  const { [id]: _old, ...widths } = layout.widths;
  if (widthPx === null) return { ...layout, widths };
  const fitted = Math.round(Math.min(mostWidthPx, Math.max(leastWidthPx, widthPx)));
  return { ...layout, widths: { ...widths, [id]: fitted } };
}

/** The layout with a column pinned to the left, or unpinned. */
export function pinToggled(layout: TableLayout, id: string): TableLayout {
  const pinned = layout.pinned.includes(id)
    ? layout.pinned.filter((one) => one !== id)
    : [...layout.pinned, id];
  return { ...layout, pinned };
}

/** The layout after a column was shown or hidden by the user. */
export function shownToggled(layout: TableLayout, id: string, visible: boolean): TableLayout {
  return { ...layout, choices: { ...layout.choices, [id]: visible ? 'hidden' : 'shown' } };
}
