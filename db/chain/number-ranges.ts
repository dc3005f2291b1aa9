/** Numbers from first to last, both included. */
export type NumberRange = [first: number, last: number];

/** Ascending whole numbers as short text: 1, 2, 3, 7 is "1-3,7". Throws a RangeError when they do not ascend. */
export function toRangeText(numbers: Iterable<number>): string {
  const ranges: NumberRange[] = [];
  for (const number of numbers) {
    const open = ranges.at(-1);
    if (open && number <= open[1]) throw new RangeError(`${number} does not come after ${open[1]}`);
    if (open && number === open[1] + 1) open[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

/** The ranges of such a text. Throws a RangeError when it is not one that `toRangeText` makes. */
export function parseRangeText(text: string): NumberRange[] {
  if (text === '') return [];
  let before = -1;
  return text.split(',').map((part) => {
    const found = /^(\d{1,16})(?:-(\d{1,16}))?$/.exec(part);
    const first = Number(found?.[1] ?? NaN);
    const last = Number(found?.[2] ?? found?.[1] ?? NaN);
    if (!(first > before && last >= first) || !Number.isSafeInteger(last)) {
      throw new RangeError(`"${part}" is no range of ascending numbers`);
    }
    before = last;
    return [first, last];
  });
}

/** How many numbers the ranges hold. */
export function countOf(ranges: readonly NumberRange[]): number {
  return ranges.reduce((count, [first, last]) => count + last - first + 1, 0);
}

/** Every number of the ranges, ascending. */
export function* numbersOf(ranges: readonly NumberRange[]): Generator<number> {
  for (const [first, last] of ranges) {
    for (let number = first; number <= last; number += 1) yield number;
  }
}
