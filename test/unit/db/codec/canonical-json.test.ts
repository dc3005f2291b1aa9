import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../db/codec/canonical-json';

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe('canonicalJson', () => {
  it('says the value: reading it back gives what JSON would', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('has one form, whatever the order of the keys, and is its own canonical form', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('survives UTF-8, lone surrogates included', () => {
    fc.assert(
      // Any UTF-16 code units: fast-check's own alphabet of all code points takes seconds to build.
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const text = canonicalJson({ value: `${String.fromCharCode(...units)}\ud800` });
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      }),
    );
  });

  it('sorts by UTF-16 code units, without white space, and leaves undefined keys out', () => {
    expect(canonicalJson({ b: [1, -0, 1e21, 0.1], a: { é: null, z: true, Z: 'ü\n' }, gone: undefined })).toBe(
      '{"a":{"Z":"ü\\n","z":true,"é":null},"b":[1,0,1e+21,0.1]}',
    );
  });

  it.each([
    ['NaN', { a: [Number.NaN] }, '/a/0'],
    ['an infinity', Number.POSITIVE_INFINITY, '/'],
    ['undefined in a list', { list: [undefined] }, '/list/0'],
    ['a date', { at: new Date(0) }, '/at'],
    ['a big integer', { n: 1n }, '/n'],
  ])('refuses %s, naming the place', (_name, value, place) => {
    expect(() => canonicalJson(value)).toThrow(new RegExp(`^${place}: `));
  });
});
