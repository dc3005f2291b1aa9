import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cellText, fitted, wrapped } from '../../../../cli/wall/cell-text';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('text for a cell', () => {
  it('shows what could control the terminal as its code point', () => {
    expect(cellText('\u001b[2Jfra\u009b1m', false)).toBe('\\u001b[2Jfra\\u009b1m');
    expect(cellText('a\nb\u202ec', false)).toBe('a\\u000ab\\u202ec');
    expect(cellText('\u{e0041}', false)).toBe('\\u{e0041}');
  });

  it('ends text from right to left, so that the columns behind it keep their order', () => {
    expect(cellText('مجموعة', false).endsWith('\u200e')).toBe(true);
    expect(stringWidth(cellText('مجموعة', false))).toBe(6);
  });

  it('keeps at most three marks on a letter', () => {
    expect(cellText(`a${'\u0301'.repeat(50)}b`, false)).toBe('a\u0301\u0301\u0301b');
  });

  it('is ASCII where asked for', () => {
    expect(cellText('São Paulo – “Ærø” 日', true)).toBe('Sao Paulo - "AEro" ?');
  });

  it('has exactly the width asked for, of any text', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 40 }), fc.boolean(), (text, width, ascii) => {
        expect(stringWidth(fitted(cellText(text, ascii), width, ascii))).toBe(width);
      }),
    );
  });

  it('wraps within the width and the number of lines', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 4 }),
        (text, width, most) => {
          const lines = wrapped(cellText(text, false), width, most, false);
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
    expect(wrapped('one two three four', 9, 2, false)).toEqual(['one two', 'three fo…'.slice(0, 9)]);
  });
});
