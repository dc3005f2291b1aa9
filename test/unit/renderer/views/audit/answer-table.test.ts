import { describe, expect, it } from 'vitest';
import type { AuditAnswer } from '../../../../../domain/contract/audit-question';
import { exportColumns, shownTable } from '../../../../../renderer/views/audit/answer-table';

const answer: AuditAnswer = {
  columns: [
    'cluster',
    'edge',
    'to_utc',
    'availability_worst_percent',
    'error_budget_left_at_least_ms',
    'event',
  ],
  shown: ['cluster', 'edge', 'to_utc', 'availability_worst_percent', 'error_budget_left_at_least_ms'],
  recordedColumn: 'to_utc',
  rows: [
    ['fra-01', null, '2026-11-22T12:00:00.010Z', 99.99999, -61_500, 1],
    ['fra-01', 'fra-01-01', '2026-11-22T13:00:00.000Z', null, 0, 2],
    ['lab-01', 'lab-01', '2026-11-22T13:00:00.001Z', 100, 1000, 3],
  ],
  cut: false,
  notes: [],
};

describe('an answer as a table', () => {
  it('has clusters and their edges in one column, and bounds rounded outwards', () => {
    const { heads, rows } = shownTable(answer, null);
    expect(heads.map(({ words }) => words)).toEqual([
      'Cluster or edge',
      'To (UTC)',
      'Worst',
      'Left, at least',
    ]);
    expect(rows.map(({ cells, isEdge }) => [isEdge, ...cells.map(({ words }) => words)])).toEqual([
      [false, 'fra-01', '2026-11-22 12:00:00.1', '99.999 %', '−1 m 2 s'],
      [true, 'fra-01-01', '2026-11-22 13:00:00', '–', '0'],
      [false, 'lab-01', '2026-11-22 13:00:00.1', '100.000 %', '1.0 s'],
    ]);
  });

  it('marks what was recorded after the time that is proven', () => {
    const provenMs = Date.parse('2026-11-22T13:00:00.000Z');
    const { rows, unproven } = shownTable(answer, provenMs);
    expect(rows.map((row) => row.unproven)).toEqual([false, false, true]);
    expect(unproven).toBe(1);
    expect(shownTable(answer, null).unproven).toBe(0);
  });

  it('marks what was recorded in the very moment from which nothing is proven, or at no known time', () => {
    const recorded = (time: string | null): AuditAnswer => ({
      ...answer,
      columns: ['event', 'recorded_utc'],
      shown: ['event'],
      recordedColumn: 'recorded_utc',
      rows: [[1, time]],
    });
    const provenMs = Date.parse('2026-11-22T13:00:00.000Z');
    const unproven = (time: string | null) => shownTable(recorded(time), provenMs).unproven;
    expect(unproven('2026-11-22T12:59:59.999Z')).toBe(0);
    expect(unproven('2026-11-22T13:00:00.000Z')).toBe(1);
    expect(unproven(null)).toBe(1);
  });

  it('is exported with every column and its unit', () => {
    const columns = exportColumns(answer);
    expect(columns.map(({ exportName }) => exportName)).toEqual(answer.columns);
    expect(columns.map(({ exportValue }) => exportValue(answer.rows[0] ?? []))).toEqual(answer.rows[0]);
  });
});
