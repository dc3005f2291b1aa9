import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterColumns } from '../../../../../../renderer/views/clusters/columns/columns';
import { edgeColumns } from '../../../../../../renderer/views/edges/edge-columns';
import {
  fitColumns,
  gridTemplate,
  minimumWidth,
  pinnedOffsets,
} from '../../../../../../renderer/ui/table/fit-columns';
import {
  plainLayout,
  shownToggled,
  type TableLayout,
} from '../../../../../../renderer/state/settings/table-layout';

const named = (chosen: readonly string[]) => clusterColumns.filter(({ id }) => chosen.includes(id));
const chose = (choices: TableLayout['choices']): TableLayout => ({ ...plainLayout, choices });

const ids = (widthPx: number, choices: TableLayout['choices'] = {}): string[] =>
  fitColumns(clusterColumns, chose(choices), widthPx).map((column) => column.id);

/** What a window leaves for the columns: without the rail (64) and the rows' padding (40). */
const room = (windowPx: number): number => windowPx - 64 - 40;

describe('columns that fit', () => {
  it('are all there at 1440', () => {
    expect(ids(room(1440))).toHaveLength(clusterColumns.length);
  });

  it('lose Status and IPSec first, and only those at 1280', () => {
    const all = clusterColumns.map((column) => column.id);
    expect(ids(room(1280))).toEqual(all.filter((id) => id !== 'status' && id !== 'ipsec'));
  });

  it('keep what was chosen by hand, and let others go instead', () => {
    const chosen = ids(room(1280), { status: 'shown' });
    expect(chosen).toContain('status');
    expect(minimumWidth(named(chosen), plainLayout)).toBeLessThanOrEqual(room(1280));
  });

  it('leave out what was hidden by hand, but never health and name', () => {
    expect(ids(5000, { share: 'hidden', health: 'hidden', name: 'hidden' })).toEqual(
      clusterColumns.map((column) => column.id).filter((id) => id !== 'share'),
    );
  });

  it('fit, unless only what may not go is left', () => {
    const choice = fc.constantFrom('shown' as const, 'hidden' as const);
    const choices = fc.dictionary(fc.constantFrom(...clusterColumns.map(({ id }) => id)), choice);
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 2500 }), choices, (widthPx, chosen) => {
        const fitted = fitColumns(clusterColumns, chose(chosen), widthPx);
        const fixed = fitted.filter(({ id, dropOrder }) => dropOrder === null || chosen[id] === 'shown');
        expect(minimumWidth(fitted, plainLayout) <= widthPx || fitted.length === fixed.length).toBe(true);
        const places = fitted.map((column) => clusterColumns.indexOf(column));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });

  it('give a track each, as wide as set by hand', () => {
    const columns = named(['dataAge', 'health']);
    expect(gridTemplate(columns, plainLayout)).toBe('minmax(150px, 210fr) 78px');
    expect(gridTemplate(columns, { ...plainLayout, widths: { health: 200 } })).toBe('200px 78px');
    expect(gridTemplate(columns, { ...plainLayout, widths: { health: 200, dataAge: 90 } })).toBe(
      '200px minmax(90px, 1fr)',
    );
  });

  it('stand beside each other at the left when pinned', () => {
    const layout = { ...plainLayout, pinned: ['health', 'name'] };
    const columns = fitColumns(clusterColumns, layout, 5000);
    expect([...pinnedOffsets(columns, layout, 20)]).toEqual([
      ['health', 20],
      ['name', 170],
    ]);
  });

  it('remember a click as a choice', () => {
    expect(shownToggled(plainLayout, 'share', true).choices).toEqual({ share: 'hidden' });
    expect(shownToggled(chose({ share: 'hidden' }), 'share', false).choices).toEqual({ share: 'shown' });
  });
});

describe('the headings of the tables', () => {
  it.each([...clusterColumns, ...edgeColumns])('say in one sentence what $title shows', ({ tip }) => {
    expect(tip).toMatch(/^[A-Z][^.]+\.$/);
  });
});
