import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAndColumn, pathKey, scanJson } from '../../../../domain/inventory/json-positions';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A JSON document with one character taken out, put in or replaced: sometimes still valid, mostly not. */
const damagedJson = fc
  .tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom('', ',', '"', '}', ']', '{', '\\', ':', '0', 'e', '-', '.', 't', ' ', '\n'),
  )
  .chain(([json, at, put]) =>
    fc.constantFrom(0, 1).map((take) => {
      const place = at % (json.length + 1);
      return json.slice(0, place) + put + json.slice(place + take);
    }),
  );

describe('scanJson', () => {
  it('finds a fault exactly where JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.oneof(damagedJson, fc.string(), fc.json()), (text) => {
        expect(scanJson(text).fault === null).toBe(parses(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['{"a": 1,}', 8, 'a key in double quotes'],
    ["{'a': 1}", 1, 'a key in double quotes'],
    ['{"a": 1 "b": 2}', 8, 'a comma or "}"'],
    ['[1 2]', 3, 'a comma or "]"'],
    ['{"a" 1}', 5, 'a colon'],
    ['{"a": hello}', 6, 'a value'],
    ['{"a": 1 hello}', 8, 'a comma or "}"'],
    ['{"a" hello}', 5, 'a colon'],
    ['{} hello', 3, 'the end of the file'],
    ['[1.]', 1, 'not complete'],
    ['["a\tb"]', 1, 'a control character'],
    ['["a\nb"]', 1, 'no closing quote'],
    ['["\\u00g0"]', 2, 'an escape'],
    ['{"a": "x}', 6, 'no closing quote'],
    ['{"a": "C:\\data"}', 9, 'an escape'],
    ['{} {}', 3, 'the end of the file'],
    ['{"a": [', 7, 'the file ends too early'],
    ['', 0, 'the file ends too early'],
    ['// comment\n{}', 0, 'a value'],
  ])('%s: at %i, %s', (text, offset, words) => {
    expect(scanJson(text).fault).toEqual({ offset, reason: expect.stringContaining(words) });
  });

  it('finds keys that one object has twice, escapes seen through', () => {
    const { repeatedKeys } = scanJson('{"a": [{"b": 1, "\\u0062": 2}], "c": {"b": 1}}');
    expect(repeatedKeys).toEqual([{ path: ['a', 0, 'b'], offset: 16 }]);
  });

  it('says where values begin', () => {
    const text = '{\n  "a": [10, {"b": true}],\n  "c": null\n}';
    const wanted = new Set([pathKey(['a', 1, 'b']), pathKey(['c']), pathKey(['gone'])]);
    const { offsets } = scanJson(text, wanted);
    const at = (...path: (string | number)[]) => text.slice(offsets.get(pathKey(path))).slice(0, 4);
    expect(at('a', 1, 'b')).toBe('true');
    expect(at('c')).toBe('null');
    expect(offsets.size).toBe(2);
  });

  it('refuses a document nested too deeply, however deep', () => {
    const fault = { offset: 500, reason: 'It is nested more than 500 levels deep.' };
    expect(scanJson('['.repeat(1_000_000)).fault).toEqual(fault);
    expect(scanJson('['.repeat(501) + ']'.repeat(501)).fault).toEqual(fault);
    expect(scanJson('['.repeat(500) + ']'.repeat(500)).fault).toBeNull();
    expect(scanJson(`"${'['.repeat(1000)}"`).fault).toBeNull();
  });
});

describe('lineAndColumn', () => {
  it('counts lines of all three kinds from 1', () => {
    expect(lineAndColumn('a\nb\r\nc\rde', 8)).toEqual({ line: 4, column: 2 });
    expect(lineAndColumn('a', 0)).toEqual({ line: 1, column: 1 });
  });
});
