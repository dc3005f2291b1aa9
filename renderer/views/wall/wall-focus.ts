import type { PlacedTile } from './place-blocks';

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/** Moving across costs less than moving away from the line of the arrow. */
const sidewaysCost = 3;

/** The nearest tile in a direction, or the same where there is none. Without one, the first. */
export function tileInDirection(
  tiles: readonly PlacedTile[],
  id: string | null,
  direction: Direction,
): string | null {
  const from = tiles.find((tile) => tile.id === id);
  if (!from) return tiles[0]?.id ?? null;
  const horizontal = direction === 'ArrowLeft' || direction === 'ArrowRight';
  const sign = direction === 'ArrowRight' || direction === 'ArrowDown' ? 1 : -1;
  let best: { id: string; cost: number } | null = null;
  for (const tile of tiles) {
    const across = horizontal ? gap(from, tile, 'x', sign) : gap(from, tile, 'y', sign);
    if (tile === from || across < 0) continue;
    const aside = horizontal ? offset(from, tile, 'y') : offset(from, tile, 'x');
    // Left and right stay in the row.
    if (horizontal && aside > 0) continue;
    const cost = across + sidewaysCost * aside;
    if (best === null || cost < best.cost) best = { id: tile.id, cost };
  }
  return best?.id ?? from.id;
}

interface Span {
  from: number;
  to: number;
}

function span({ xPx, yPx, widthPx, heightPx }: PlacedTile, axis: 'x' | 'y'): Span {
  return axis === 'x' ? { from: xPx, to: xPx + widthPx } : { from: yPx, to: yPx + heightPx };
}

/** The distance to a tile that begins beyond this one, in the direction of `sign`; negative for one that does not. */
function gap(from: PlacedTile, to: PlacedTile, axis: 'x' | 'y', sign: 1 | -1): number {
  const [here, there] = [span(from, axis), span(to, axis)];
  const tolerance = 0.5;
  const distance = sign === 1 ? there.from - here.to : here.from - there.to;
  return distance < -tolerance ? -1 : Math.max(0, distance);
}

/** How far a tile begins from this one across the direction; 0 where it lies beside it. */
function offset(from: PlacedTile, to: PlacedTile, axis: 'x' | 'y'): number {
  const [here, there] = [span(from, axis), span(to, axis)];
  if (there.from <= here.from + 0.5 && there.to >= here.from + 0.5) return 0;
  return Math.abs(there.from - here.from);
}
