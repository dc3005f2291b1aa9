import type { StyleValue } from 'vue';
import type { Place, PlacedTile } from './place-blocks';
import { problemForms } from './problem-forms';
import { quietForms } from './quiet-forms';

const forms = { ...problemForms, ...quietForms };

/** Where something is on the wall. `unitPx`: screen pixels for one pixel of the layout. */
export function placeStyle({ xPx, yPx, widthPx, heightPx }: Place, unitPx: number): Record<string, string> {
  return {
    left: `${xPx * unitPx}px`,
    top: `${yPx * unitPx}px`,
    width: `${widthPx * unitPx}px`,
    height: `${heightPx * unitPx}px`,
  };
}

/** The text scale of a tile: what one pixel of its form's sizes is on the screen. */
export function textUnitPx({ form, scale }: PlacedTile, unitPx: number): number {
  return Math.min(scale, forms[form].mostScale) * unitPx;
}

/** Place, and the sizes of the form as custom properties, which the styles multiply by `--k`. */
export function tileStyle(tile: PlacedTile, unitPx: number): StyleValue {
  const sizes = Object.entries(forms[tile.form]).map(([name, size]) => [`--${kebab(name)}`, String(size)]);
  return {
    ...placeStyle(tile, unitPx),
    ...Object.fromEntries(sizes),
    '--k': `${textUnitPx(tile, unitPx)}px`,
  };
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
