import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  frozenList,
  matchesEverything,
  matchesPattern,
  matchRows,
  type MatchableRow,
} from '../../../../domain/maintenance/match';
import type { MatchTerm } from '../../../../domain/model/maintenance';

const row = (id: string, site: string | null, edges: string[]): MatchableRow => ({
  id,
  name: id.replace('edge:', ''),
  site,
  edges: edges.map((name) => ({ id: name, name })),
});
const rows = [
  row('fra-01', 'Frankfurt', ['fra-01-01', 'fra-01-02']),
  row('fra-02', 'Frankfurt', ['fra-02-01']),
  row('ber-01', 'Berlin', ['ber-01-01', 'ber-01-02']),
  row('edge:lab', null, ['lab']),
];
const matched = (...terms: MatchTerm[]): string[] =>
  matchRows({ kind: 'rule', terms }, rows).map(({ row: { id }, edges }) =>
    edges === null ? id : `${id}: ${edges.map(({ name }) => name).join()}`,
  );

describe('matchRows', () => {
  it('needs one pattern of each field', () => {
    expect(matched({ field: 'site', pattern: 'frankfurt' }, { field: 'name', pattern: '*-01' })).toEqual([
      'fra-01',
    ]);
    expect(matched({ field: 'name', pattern: 'fra-02' }, { field: 'name', pattern: 'ber-*' })).toEqual([
      'fra-02',
      'ber-01',
    ]);
    expect(matched({ field: 'site', pattern: '*' })).not.toContain('edge:lab');
  });

  it('names edges where edges are asked for, and a standalone edge as its row', () => {
    expect(matched({ field: 'edge', pattern: '*-01' })).toEqual([
      'fra-01: fra-01-01',
      'fra-02: fra-02-01',
      'ber-01: ber-01-01',
    ]);
    expect(matched({ field: 'edge', pattern: 'lab' })).toEqual(['edge:lab']);
  });

  it('stays as it is once frozen', () => {
    const list = frozenList(
      matchRows({ kind: 'rule', terms: [{ field: 'site', pattern: 'Frankfurt' }] }, rows),
    );
    expect(matchRows(list, [...rows, row('fra-03', 'Frankfurt', [])]).map(({ row: { id } }) => id)).toEqual([
      'fra-01',
      'fra-02',
    ]);
  });

  it('tells when it is about everything', () => {
    expect(matchesEverything({ kind: 'rule', terms: [] }, rows)).toBe(true);
    expect(matchesEverything({ kind: 'rule', terms: [{ field: 'name', pattern: '*' }] }, rows)).toBe(true);
    expect(matchesEverything({ kind: 'rule', terms: [{ field: 'edge', pattern: '*' }] }, rows)).toBe(false);
    expect(matchesEverything({ kind: 'rule', terms: [] }, rows.slice(0, 1))).toBe(false);
  });
});

describe('matchesPattern', () => {
  it('is what a regular expression of the same meaning says', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', '.', '+'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'B', '-', '.', '+', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (given, name) => {
        const source = given
          .replace(/[.+]/g, String.raw`\$&`)
          .replaceAll('*', '.*')
          .replaceAll('?', '.');
        expect(matchesPattern(given, name)).toBe(new RegExp(`^${source}$`, 'i').test(name));
      }),
    );
  });

  it('answers at once whatever the pattern', () => {
    expect(matchesPattern('*a'.repeat(50), 'a'.repeat(20_000))).toBe(true);
    expect(matchesPattern(`${'*a'.repeat(49)}*b`, 'a'.repeat(20_000))).toBe(false);
  });
});
