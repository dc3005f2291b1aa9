import type { AuditAnswer } from '../../../domain/contract/audit-question';
import { columnTitle, peopleColumns, type PeopleColumn } from '../../../domain/report/answer-words';
import type { Cell } from '../../../domain/report/table-text';
import type { TableColumn } from '../../ui/table/table-column';

/** One row of an answer as it is shown. */
export interface ShownRow {
  cells: { words: string; right: boolean }[];
  /** It is an edge below its cluster. */
  isEdge: boolean;
  /** Its first cell is the name of a cluster or an edge. */
  isNamed: boolean;
  /** It was recorded after what the verification of the file covers. */
  unproven: boolean;
}

/** An answer as a table for people: a cluster and its edges share the first column. */
export interface ShownTable {
  heads: { words: string; right: boolean }[];
  rows: ShownRow[];
  unproven: number;
}

/** `unprovenFromMs`: from when on nothing in the file is proven; null: no such time is known. */
export function shownTable(answer: AuditAnswer, unprovenFromMs: number | null): ShownTable {
  const { columns, rows, recordedColumn } = answer;
  const [cluster, edge] = [columns.indexOf('cluster'), columns.indexOf('edge')];
  const isAvailability = columns.includes('availability_worst_percent');
  const people = peopleColumns(
    columns,
    answer.shown.filter((name) => !isAvailability || name !== 'edge'),
  );
  const recorded = columns.indexOf(recordedColumn);
  // Of a row about a stretch of time, its end, which does not belong to it any more.
  const lastMs = (cells: AuditAnswer['rows'][number]): number =>
    Date.parse(String(cells[recorded])) - (recordedColumn === 'to_utc' ? 1 : 0);
  const clusters = new Set(rows.filter((cells) => cells[edge] === null).map((cells) => cells[cluster]));
  const shownRows = rows.map((cells): ShownRow => {
    const name = String(cells[edge] ?? cells[cluster] ?? '');
    const words = (column: PeopleColumn): string =>
      isAvailability && column.name === 'cluster' ? name : column.words(cells);
    return {
      cells: people.map((column) => ({ words: words(column), right: column.right })),
      isEdge: isAvailability && cells[edge] !== null && clusters.has(cells[cluster] ?? null),
      isNamed: isAvailability || people[0]?.name === 'cluster',
      // A row without such a time is not known to be proven.
      unproven: unprovenFromMs !== null && !(lastMs(cells) < unprovenFromMs),
    };
  });
  return {
    heads: people.map(({ name, title, right }) => ({
      words: isAvailability && name === 'cluster' ? 'Cluster or edge' : title,
      right,
    })),
    rows: shownRows,
    unproven: shownRows.filter(({ unproven }) => unproven).length,
  };
}

/** Every column of an answer for exports, those that are not shown included; their names have the units. */
export function exportColumns({ columns }: AuditAnswer): TableColumn<Cell[]>[] {
  return columns.map((name, index) => ({
    id: name,
    title: columnTitle(name),
    sub: '',
    minPx: 90,
    grow: 1,
    dropOrder: null,
    sortKey: (cells) => {
      const cell = cells[index] ?? null;
      return typeof cell === 'boolean' ? String(cell) : (cell ?? undefined);
    },
    exportValue: (cells) => cells[index] ?? null,
    exportName: name,
  }));
}
