import { describe, expect, it } from 'vitest';
import { searchTerms } from '../../../../../renderer/state/fleet/search';
import { edgeColumns } from '../../../../../renderer/views/edges/edge-columns';
import { compareWorstEdgeFirst, edgeMatches, edgeRows } from '../../../../../renderer/views/edges/edge-row';
import { tableText } from '../../../../../renderer/ui/table/table-text';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';

const atMs = Date.UTC(2026, 10, 22, 14, 0, 0);
const rows = edgeRows(fleetInAllStates(atMs));

describe('the rows of all edges', () => {
  it('are every edge once, standalone ones without a cluster', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.filter(({ cluster }) => cluster === null).map(({ edge }) => edge.name)).toEqual([
      'dxb-edge-1-01',
    ]);
  });

  it('stand worst first, then by cluster and number', () => {
    const sorted = [...rows].sort(compareWorstEdgeFirst);
    expect(sorted[0]?.edge.name).toBe('fra-02-03');
    const up = sorted.filter(({ edge, cluster }) => edge.health === 'up' && cluster?.name === 'iad-01');
    expect(up.map(({ edge }) => edge.number)).toEqual(up.map((_, index) => index + 1));
  });

  it('are found by name, address, state, role and cluster', () => {
    const found = (typed: string): number =>
      rows.filter((row) => edgeMatches(row, searchTerms(typed))).length;
    expect(found('fra-02-03')).toBe(1);
    expect(found('10.20.32.23')).toBe(1);
    expect(found('standalone')).toBe(1);
    expect(found('tokyo unknown')).toBe(8);
    expect(found('nothing like it')).toBe(0);
  });

  it('are exported with units in the headings and nothing where nothing is known', () => {
    const silent = rows.filter(({ edge }) => edge.name === 'nrt-01-01');
    const [head = '', line = ''] = tableText('csv', silent, edgeColumns).split('\r\n');
    expect(head.split(',')).toContain('share_percent');
    const cell = line.split(',')[head.split(',').indexOf('share_percent')];
    expect(cell).toBe('');
  });
});
