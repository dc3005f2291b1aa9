import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOf, numbersOf, parseRangeText, toRangeText } from '../../../../db/chain/number-ranges';

describe('Row numbers as text', () => {
  it('are ranges where they follow each other', () => {
    expect(toRangeText([1, 2, 3, 7, 9, 10])).toBe('1-3,7,9-10');
    expect(toRangeText([])).toBe('');
    expect(() => toRangeText([2, 2])).toThrow(/does not come after/);
  });

  it.each(['3-1', '1,1', '2,1', '1-2,2', 'a', '-1', '1-', '1,', '1.5', '99999999999999999'])(
    'refuse %s',
    (text) => {
      expect(() => parseRangeText(text)).toThrow(RangeError);
    },
  );

  it('come back as they were, whatever they are', () => {
    const numbers = fc.uniqueArray(fc.nat(500)).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(numbers, (list) => {
        const ranges = parseRangeText(toRangeText(list));
        expect([...numbersOf(ranges)]).toEqual(list);
        expect(countOf(ranges)).toBe(list.length);
      }),
    );
  });
});
