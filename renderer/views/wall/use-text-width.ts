import { shallowRef, type Ref } from 'vue';
import type { TextWidth } from './wall-text';

const measuredPx = 100;
const families = "'Inter Variable', 'Inter', system-ui, sans-serif";

/** Measures texts in the wall's font. Replaced once the font has loaded, so that what depends on it is laid out again. */
export function useTextWidth(): Readonly<Ref<TextWidth>> {
  const measure = shallowRef(createTextWidth());
  const weights = [400, 500, 600];
  void Promise.all(
    weights.map((weight) => document.fonts.load(`${weight} ${measuredPx}px 'Inter Variable'`)),
  ).then(() => {
    measure.value = createTextWidth();
  });
  return measure;
}

function createTextWidth(): TextWidth {
  const context = document.createElement('canvas').getContext('2d');
  const known = new Map<string, number>();
  return (text, weight) => {
    const key = `${weight} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (context === null) return text.length;
    context.font = `${weight} ${measuredPx}px ${families}`;
    // Running times are drawn with digits of equal width, which a canvas lacks: those of a zero, the widest.
    const width = context.measureText(text).width / measuredPx;
    known.set(key, width);
    return width;
  };
}
