import { describe, expect, it } from 'vitest';
import { shortName } from '../../../../domain/words/short-name';

describe('a short name', () => {
  it('is whole where it fits', () => {
    expect(shortName('fra-01', 26)).toBe('fra-01');
    expect(shortName('', 26)).toBe('');
  });

  it('keeps beginning and end, by which names of one site differ', () => {
    const names = ['01', '02'].map((end) => `frankfurt-equinix-fr5-hall-3-production-${end}`);
    expect(names.map((name) => shortName(name, 26))).toEqual([
      'frankfurt-equin…duction-01',
      'frankfurt-equin…duction-02',
    ]);
  });

  it('divides no letter, and takes no more room in wide letters', () => {
    expect(shortName('管理対象外甲乙丙丁戊己庚辛壬癸', 26)).toBe('管理対象外甲乙…己庚辛壬癸');
    expect(shortName('😀'.repeat(20), 26)).toBe(`${'😀'.repeat(7)}…${'😀'.repeat(5)}`);
    const marked = `${'a'.repeat(30)}${'e\u0301\u0302'.repeat(12)}`;
    expect(shortName(marked, 26).split('…')[1]).toMatch(/^e\u0301\u0302/);
  });
});
