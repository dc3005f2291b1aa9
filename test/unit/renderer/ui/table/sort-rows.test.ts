import { describe, expect, it } from 'vitest';
import { sortRows, toggledSorting } from '../../../../../renderer/ui/table/sort-rows';
import type { TableColumn } from '../../../../../renderer/ui/table/table-column';

interface Row {
  name: string;
  age: number | undefined;
}

function column(id: string, more: Pick<TableColumn<Row>, 'sortKey'> & Partial<TableColumn<Row>>) {
  const rest = { title: id, sub: '', minPx: 1, grow: 0, dropOrder: null, exportName: id };
  return { id, ...rest, exportValue: () => null, ...more } satisfies TableColumn<Row>;
}
const name = column('name', { sortKey: (row) => row.name });
const age = column('age', { sortKey: (row) => row.age, descendingFirst: true });
const rows: Row[] = [
  { name: 'fra-10', age: 1 },
  { name: 'fra-2', age: undefined },
  { name: 'sin-1', age: 7 },
  { name: 'ams-1', age: 1 },
];
const byInput = (): number => 0;

function names(...sorting: { id: string; desc: boolean }[]): string[] {
  return sortRows(rows, [name, age], sorting, byInput).map((row) => row.name);
}

describe('the order of rows', () => {
  it('is the order of rest while no column is sorted, or only one that no longer exists', () => {
    expect(names()).toEqual(['fra-10', 'fra-2', 'sin-1', 'ams-1']);
    expect(names({ id: 'gone', desc: true })).toEqual(names());
  });

  it('compares numbers inside names as numbers', () => {
    expect(names({ id: 'name', desc: false })).toEqual(['ams-1', 'fra-2', 'fra-10', 'sin-1']);
  });

  it('puts unknown values last in either direction', () => {
    expect(names({ id: 'age', desc: false }).at(-1)).toBe('fra-2');
    expect(names({ id: 'age', desc: true }).at(-1)).toBe('fra-2');
  });

  it('breaks ties by the next sorted column, then by the order of rest', () => {
    expect(names({ id: 'age', desc: false }, { id: 'name', desc: false })).toEqual([
      'ams-1',
      'fra-10',
      'sin-1',
      'fra-2',
    ]);
    expect(names({ id: 'age', desc: true })).toEqual(['sin-1', 'fra-10', 'ams-1', 'fra-2']);
  });

  it('uses a column’s own comparison, reversed when descending', () => {
    const own = column('own', { sortKey: () => 1, compare: (a, b) => a.name.length - b.name.length });
    const sorted = (desc: boolean) => sortRows(rows, [own], [{ id: 'own', desc }], byInput)[0]?.name;
    expect(sorted(false)).toBe('fra-2');
    expect(sorted(true)).toBe('fra-10');
  });
});

describe('a click on a heading', () => {
  const rest = 'health';

  it('sorts one way, the other way, then not at all', () => {
    const first = toggledSorting([], name, false, rest);
    const second = toggledSorting(first, name, false, rest);
    expect([first, second, toggledSorting(second, name, false, rest)]).toEqual([
      [{ id: 'name', desc: false }],
      [{ id: 'name', desc: true }],
      [],
    ]);
  });

  it('starts descending where that is the more useful direction', () => {
    expect(toggledSorting([], age, false, rest)).toEqual([{ id: 'age', desc: true }]);
    expect(toggledSorting([{ id: 'age', desc: false }], age, false, rest)).toEqual([]);
  });

  it('turns the order round at once where the rows are in the order of that column already', () => {
    const first = toggledSorting([], name, false, 'name');
    expect(first).toEqual([{ id: 'name', desc: true }]);
    expect(toggledSorting(first, name, false, 'name')).toEqual([]);
    expect(toggledSorting([], name, true, 'name')).toEqual(first);
  });

  it('replaces the other sorted columns, or keeps them with Shift', () => {
    const both = toggledSorting([{ id: 'age', desc: true }], name, true, rest);
    expect(both).toEqual([
      { id: 'age', desc: true },
      { id: 'name', desc: false },
    ]);
    expect(toggledSorting(both, age, true, rest)).toEqual([
      { id: 'age', desc: false },
      { id: 'name', desc: false },
    ]);
    expect(toggledSorting(both, name, false, rest)).toEqual([{ id: 'name', desc: true }]);
  });
});
