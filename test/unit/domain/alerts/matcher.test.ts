import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, matchesEverything, matchesPattern } from '../../../../domain/alerts/matcher';

/** The same by a regular expression, which is right and may take for ever. */
function byExpression(pattern: string, text: string): boolean {
  const source = [...pattern.toLowerCase()]
    .map((one) => (one === '*' ? '[^]*' : one === '?' ? '[^]' : `\\u{${one.codePointAt(0)?.toString(16)}}`))
    .join('');
  return new RegExp(`^${source}$`, 'u').test(text.toLowerCase());
}

describe('a pattern', () => {
  it('matches as the regular expression of the same meaning does', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'B', '-', '1', '*', '?'), maxLength: 8 });
    const names = fc.string({ unit: fc.constantFrom('a', 'b', '-', '1', '.'), maxLength: 10 });
    fc.assert(
      fc.property(letters, names, (pattern, name) => {
        expect(matchesPattern(pattern, name)).toBe(byExpression(pattern, name));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no longer for a pattern made to take long', () => {
    expect(matchesPattern('a*'.repeat(100) + 'b', 'a'.repeat(200))).toBe(false);
  });
});

describe('a matcher', () => {
  const subject = { name: 'fra-01', site: 'Frankfurt', edgeName: 'fra-01-03', rule: 'cpu' };

  it('matches where each of its patterns does', () => {
    expect(matches({ cluster: 'FRA-*', rule: 'cpu' }, subject)).toBe(true);
    expect(matches({ cluster: 'fra-*', rule: 'swap' }, subject)).toBe(false);
    expect(matches({ edge: 'fra-01-??' }, subject)).toBe(true);
    expect(matches({ edge: 'fra-01-*' }, { ...subject, edgeName: null })).toBe(false);
    expect(matches({ site: 'Frank*' }, { ...subject, site: null })).toBe(false);
  });

  it('matches everything without a pattern that leaves anything out', () => {
    expect(matchesEverything({})).toBe(true);
    expect(matchesEverything({ cluster: '*', rule: '**' })).toBe(true);
    expect(matchesEverything({ cluster: '?*', site: '*?' })).toBe(true);
    expect(matchesEverything({ cluster: '*', rule: 'cpu' })).toBe(false);
  });
});
