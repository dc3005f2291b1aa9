import { describe, expect, it } from 'vitest';
import { splitName, withShortNames } from '../../../../../renderer/ui/controls/split-name';

const parts = (name: string): string[] => [splitName(name).start, splitName(name).end];

describe('a name on one line', () => {
  it('is whole where it is short', () => {
    expect(splitName('fra-01')).toEqual({ start: 'fra-01', end: '', isShort: true });
    expect(splitName('')).toEqual({ start: '', end: '', isShort: true });
  });

  it('keeps its end, by which names of one site differ', () => {
    expect(parts('frankfurt-equinix-fr5-production-01')).toEqual(['frankfurt-equinix-fr5-pro', 'duction-01']);
  });

  it('keeps an end that takes the same room in wide letters', () => {
    expect(splitName('管理対象外甲乙丙丁戊己').isShort).toBe(false);
    expect(parts('管理対象外甲乙丙丁戊己')[1]).toBe('乙丙丁戊己');
    expect(parts('W'.repeat(64))[1]).toBe('W'.repeat(6));
  });

  it('is never divided within a letter and its marks, or within a pair of surrogates', () => {
    const marked = 'cluster-with-many-marks-e\u0301\u0302o\u0308a\u030ai\u0301';
    expect(parts(marked).join('')).toBe(marked);
    expect(parts(marked)[1]).not.toMatch(/^\p{M}/u);
    const faces = '😀'.repeat(12);
    expect(parts(faces)).toEqual(['😀'.repeat(7), '😀'.repeat(5)]);
  });

  it('is divided between words only where letters join', () => {
    expect(parts('مجموعة سنغافورة الثانية للإنتاج الطابق ٢')).toEqual([
      'مجموعة سنغافورة الثانية للإنتاج الطابق',
      ' ٢',
    ]);
    const oneWord = 'مجموعةسنغافورةالثانيةللإنتاج';
    expect(splitName(oneWord)).toEqual({ start: oneWord, end: '', isShort: false });
  });
});

describe('a line of text with long names', () => {
  it('keeps what it says of them', () => {
    const cluster = 'frankfurt-equinix-fr5-production-01';
    const names = [cluster, `${cluster}-01`, 'gru-01'];
    expect(withShortNames(`${cluster}-01 of ${cluster} is down, gru-01 is not.`, names)).toBe(
      'frankfurt-equi…ion-01-01 of frankfurt-equi…uction-01 is down, gru-01 is not.',
    );
    expect(withShortNames('gru-01 is down.', ['gru-01'])).toBe('gru-01 is down.');
  });

  it('finds names in it that are special in patterns', () => {
    const odd = 'a$&b(c[d]e.f*g+h?i)j{k}l|m^n$o$$p';
    expect(withShortNames(`${odd} is down.`, [odd])).toMatch(/^a\$&b\(c\[d\].*….*o\$\$p is down\.$/);
  });
});
