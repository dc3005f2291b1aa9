/** A repeatable stream of numbers in [0, 1). */
export type RandomSource = () => number;

/** A 32-bit hash (FNV-1a) of a text, to derive a seed per subject: every subject gets its own stream. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** The stream of one seed (mulberry32: small, fast, good enough for a demo; not for secrets). */
export function randomSource(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The stream of one subject under the fleet's seed. */
export function randomFor(seed: number, subject: string): RandomSource {
  return randomSource(hashText(`${String(seed)}/${subject}`));
}

/** One of the items. Throws for an empty list. */
export function pick<T>(random: RandomSource, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from an empty list');
  return item;
}

/** A whole number from `least` to `most`, both included. */
export function wholeBetween(random: RandomSource, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}
