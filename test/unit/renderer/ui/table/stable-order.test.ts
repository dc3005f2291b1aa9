import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOrder, noOrder, type StableOrder } from '../../../../../renderer/ui/table/stable-order';

const start = (ids: string[]): StableOrder =>
  nextOrder(noOrder, ids, { nowMs: 0, busy: false, forced: false });

describe('the order of rows', () => {
  it('is current for five seconds and then taken', () => {
    const current = start(['a', 'b']);
    const early = nextOrder(current, ['b', 'a'], { nowMs: 4900, busy: false, forced: false });
    expect(early.ids).toEqual(['a', 'b']);
    expect(nextOrder(early, ['b', 'a'], { nowMs: 5000, busy: false, forced: false }).ids).toEqual(['b', 'a']);
  });

  it('never moves under the pointer, and says that it waits', () => {
    const current = nextOrder(start(['a', 'b']), ['b', 'a'], { nowMs: 60_000, busy: true, forced: false });
    expect(current).toMatchObject({ ids: ['a', 'b'], waiting: true });
  });

  it('gives way to the person at once', () => {
    expect(nextOrder(start(['a', 'b']), ['b', 'a'], { nowMs: 10, busy: true, forced: true }).ids).toEqual([
      'b',
      'a',
    ]);
  });

  it('always holds exactly the rows there are, and current ones keep their order', () => {
    const rows = fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e', 'f'));
    fc.assert(
      fc.property(rows, rows, fc.boolean(), fc.nat(9000), (before, sorted, busy, nowMs) => {
        const next = nextOrder(start(before), sorted, { nowMs, busy, forced: false });
        expect([...next.ids].sort()).toEqual([...sorted].sort());
        const moved = nowMs >= 5000 && !busy;
        const kept = before.filter((id) => sorted.includes(id));
        if (!moved && before.length > 0) expect(next.ids.filter((id) => kept.includes(id))).toEqual(kept);
      }),
    );
  });
});
