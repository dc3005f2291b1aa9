import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  moved,
  nudged,
  ordered,
  pinToggled,
  plainLayout,
  resized,
  tableLayoutSchema,
} from '../../../../../renderer/state/settings/table-layout';

const columns = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const ids = (layout = plainLayout): string =>
  ordered(columns, layout)
    .map(({ id }) => id)
    .join('');

describe('a table’s layout', () => {
  it('moves a column before or after another', () => {
    expect(ids(moved(plainLayout, columns, 'e', { id: 'b', side: 'before' }))).toBe('aebcd');
    expect(ids(moved(plainLayout, columns, 'a', { id: 'd', side: 'after' }))).toBe('bcdae');
  });

  it('moves a column by key past the next one that is shown', () => {
    const visible = columns.filter(({ id }) => id !== 'c');
    expect(ids(nudged(plainLayout, columns, visible, 'b', 1))).toBe('acdbe');
    expect(nudged(plainLayout, columns, visible, 'a', -1)).toBe(plainLayout);
  });

  it('puts pinned columns first, and a column that is moved among them is pinned too', () => {
    const pinned = pinToggled(plainLayout, 'c');
    expect(ids(pinned)).toBe('cabde');
    const both = moved(pinned, columns, 'e', { id: 'c', side: 'after' });
    expect(ids(both)).toBe('ceabd');
    expect(both.pinned).toEqual(['c', 'e']);
    expect(ids(pinToggled(both, 'c'))).toBe('ecabd');
  });

  it('keeps a width within what can be used, and forgets it when asked', () => {
    expect(resized(plainLayout, 'a', 3).widths).toEqual({ a: 48 });
    expect(resized(resized(plainLayout, 'a', 200), 'a', null).widths).toEqual({});
  });

  it('never loses or doubles a column, however it is moved, and survives being stored', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'gone');
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('move' as const),
        id,
        to: id,
        side: fc.constantFrom('before' as const, 'after' as const),
      }),
      fc.record({ kind: fc.constant('pin' as const), id }),
      fc.record({ kind: fc.constant('nudge' as const), id, by: fc.constantFrom(-1 as const, 1 as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let layout = plainLayout;
        for (const one of steps) {
          if (one.kind === 'move') layout = moved(layout, columns, one.id, { id: one.to, side: one.side });
          else if (one.kind === 'pin') layout = pinToggled(layout, one.id);
          else layout = nudged(layout, columns, ordered(columns, layout), one.id, one.by);
          expect([...ids(layout)].sort().join('')).toBe('abcde');
        }
        expect(tableLayoutSchema.parse(JSON.parse(JSON.stringify(layout)))).toEqual(layout);
      }),
    );
  });
});
