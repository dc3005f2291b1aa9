import { describe, expect, it } from 'vitest';
import type { TableColumn } from '../../../../../renderer/ui/table/table-column';
import { tableText } from '../../../../../renderer/ui/table/table-text';

interface Row {
  name: string;
  megabits: number | null;
}

const column = { sub: '', minPx: 1, grow: 0, dropOrder: null };
const columns: TableColumn<Row>[] = [
  {
    ...column,
    id: 'name',
    title: 'Name',
    exportName: 'name',
    sortKey: (row) => row.name,
    exportValue: (row) => row.name,
  },
  {
    ...column,
    id: 'rate',
    title: 'Rate',
    exportName: 'rate_megabits_per_second',
    sortKey: (row) => row.megabits ?? undefined,
    exportValue: (row) => row.megabits,
  },
];
const rows: Row[] = [
  { name: 'fra-01, "old"', megabits: 12.5 },
  { name: '=cmd()', megabits: null },
];

describe('a table as text', () => {
  it('is CSV that says nothing where nothing is known, and runs no formula', () => {
    expect(tableText('csv', rows, columns)).toBe(
      'name,rate_megabits_per_second\r\n"fra-01, ""old""",12.5\r\n\'=cmd(),\r\n',
    );
  });

  it('guards formulas behind every separator, also for a paste', () => {
    const hostile = [
      { name: 'a;=cmd()', megabits: -1 },
      { name: ' @SUM(1)', megabits: 2 },
    ];
    expect(tableText('csv', hostile, columns)).toContain('"a;\'=cmd()",-1\r\n');
    expect(tableText('tsv', hostile, columns)).toContain("' @SUM(1)\t2\n");
  });

  it('is JSON with numbers and null', () => {
    expect(JSON.parse(tableText('json', rows, columns))).toEqual([
      { name: 'fra-01, "old"', rate_megabits_per_second: 12.5 },
      { name: '=cmd()', rate_megabits_per_second: null },
    ]);
  });

  it('is tab-separated for a spreadsheet’s paste', () => {
    expect(tableText('tsv', [{ name: 'a\tb', megabits: 1 }], columns)).toBe(
      'name\trate_megabits_per_second\na b\t1\n',
    );
  });
});
