import { describe, expect, it } from 'vitest';
import { makeFault } from '../../../../demo/faults/fault';
import { FaultRegistry } from '../../../../demo/faults/fault-registry';

const edges = ['a-1', 'a-2', 'a-3', 'a-4'];
const request = { kind: 'rolling-update' as const, cluster: 'a', forSeconds: 20 };

describe('the registry of active faults', () => {
  it('changes conditions from a moment on and up to, not including, another', () => {
    const registry = new FaultRegistry();
    registry.add(makeFault(1, 'rolling-update', request, 'a-1', edges, 1000));
    const powered = (edge: string, atMs: number): boolean => registry.conditionsOf(edge, atMs).powered;
    expect([powered('a-1', 999), powered('a-1', 1000), powered('a-1', 20_999)]).toEqual([true, false, false]);
    expect([powered('a-1', 21_000), powered('a-2', 21_000)]).toEqual([true, true]);
    expect([powered('a-2', 51_000), powered('a-2', 71_000)]).toEqual([false, true]);
  });

  it('knows when something changes next, and what is over', () => {
    const registry = new FaultRegistry();
    expect(registry.nextChangeMs(0)).toBe(Infinity);
    registry.add(makeFault(1, 'rolling-update', request, 'a-1', edges, 1000));
    expect(registry.nextChangeMs(0)).toBe(1000);
    expect(registry.nextChangeMs(1000)).toBe(21_000);
    expect(registry.nextChangeMs(21_000)).toBe(51_000);
    const endMs = 1000 + 3 * 50_000 + 20_000;
    expect(registry.removeEnded(endMs - 1)).toEqual([]);
    expect(registry.removeEnded(endMs).map((fault) => fault.id)).toEqual([1]);
    expect(registry.list()).toEqual([]);
  });

  it('lets advertisements pass within a side of a split and in other clusters only', () => {
    const registry = new FaultRegistry();
    registry.add(makeFault(1, 'split', { kind: 'split', cluster: 'a' }, 'a-1', edges, 0));
    expect(registry.passes('a', 'a-1', 'a-2')).toBe(true);
    expect(registry.passes('a', 'a-2', 'a-3')).toBe(false);
    expect(registry.passes('a', 'a-3', 'a-4')).toBe(true);
    expect(registry.passes('b', 'a-2', 'a-3')).toBe(true);
  });
});
