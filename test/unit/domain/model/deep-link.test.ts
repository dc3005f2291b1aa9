import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deepLinkSchema,
  deepLinkText,
  parseDeepLink,
  type DeepLink,
} from '../../../../domain/model/deep-link';

const ms = fc.integer({ min: 0, max: Date.UTC(2090, 0, 1) });
const link: fc.Arbitrary<DeepLink> = fc.oneof(
  fc.record({
    to: fc.constant('cluster' as const),
    // Ids are made from names.
    id: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 64 })
      .map((text) => text.slice(0, 64))
      .filter((text) => /^(?!.*\.\.)[^\p{C}]{1,64}$/u.test(text)),
    atMs: fc.option(ms),
  }),
  fc.record({ to: fc.constant('incident' as const), id: fc.integer({ min: 1, max: 1e12 }) }),
  fc
    .tuple(ms, fc.integer({ min: 1, max: 1e9 }))
    .map(([fromMs, length]) => ({ to: 'timeline' as const, fromMs, toMs: fromMs + length })),
  fc.constant({ to: 'wall' as const }),
);

describe('a deep link', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(link, (one) => {
        expect(parseDeepLink(deepLinkText(one))).toEqual(one);
        expect(deepLinkSchema.parse(one)).toEqual(one);
      }),
    );
  });

  it('takes times with any offset', () => {
    const text = 'heron://cluster/fra-02?t=2026-11-22T15:00:00%2B01:00';
    expect(parseDeepLink(text)).toEqual({ to: 'cluster', id: 'fra-02', atMs: Date.UTC(2026, 10, 22, 14) });
  });

  it('leads to a cluster with spaces and letters of any script in its name', () => {
    for (const id of ['Frankfurt am Main, Hall 3', 'São Paulo', 'مجموعة', '東京'.repeat(32)]) {
      const text = deepLinkText({ to: 'cluster', id, atMs: 0 });
      expect(parseDeepLink(text)).toEqual({ to: 'cluster', id, atMs: 0 });
    }
  });

  it.each([
    'heron://',
    'heron://settings',
    'heron://incident/0',
    'heron://incident/-1',
    'heron://incident/1e3',
    'heron://incident/12/../13',
    'heron://cluster/',
    'heron://cluster/../../etc/passwd',
    'heron://cluster/%2e%2e%2fpasswd',
    'heron://cluster/a?t=yesterday',
    'heron://cluster/a?t=-000001-01-01T00:00:00Z',
    'heron://cluster/%zz',
    'heron://cluster/%ff',
    'heron://timeline?from=2026-11-22T14:00:00Z',
    'heron://timeline?from=2026-11-22T14:00:00Z&to=2026-11-22T13:00:00Z',
    'heron://timeline/x?from=2026-11-22T14:00:00Z&to=2026-11-22T15:00:00Z',
    'heron://wall/1',
    'heron://wall?full=1',
    'https://incident/1',
    'javascript:alert(1)',
    'heron://cluster/\ud800',
    `heron://cluster/${'a'.repeat(201)}`,
    `heron://cluster/a?t=${'a'.repeat(1000)}`,
  ])('%s is none', (text) => {
    expect(parseDeepLink(text)).toBeNull();
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const one of [text, `heron://cluster/${text}`, `heron://timeline?from=${text}&to=${text}`]) {
          const read = parseDeepLink(one);
          if (read !== null) expect(deepLinkSchema.safeParse(read).success).toBe(true);
        }
      }),
    );
  });
});
