import { describe, expect, it, vi } from 'vitest';
import { guarded, guardedFaults } from '../../../../monitor/log/guard';
import { log } from '../../../../monitor/log/log';

describe('a guarded callback', () => {
  it('that throws is counted and logged once in ten minutes, and its caller goes on', () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => undefined);
    const now = vi.spyOn(performance, 'now').mockReturnValue(1_000);
    const faults: string[] = [];
    const callback = guarded(
      'a planted callback',
      (what: string) => {
        throw new Error(what);
      },
      () => faults.push('fault'),
    );
    for (let call = 0; call < 5; call += 1) expect(() => callback('planted')).not.toThrow();
    expect(logged).toHaveBeenCalledTimes(1);
    now.mockReturnValue(1_000 + 600_000);
    callback('planted again');
    expect(logged.mock.calls.map(([words]) => String(words))).toEqual([
      'An error in a planted callback, number 1 since the start; Heron goes on:',
      'An error in a planted callback, number 6 since the start; Heron goes on:',
    ]);
    expect(String(logged.mock.calls[1]?.[1])).toContain('planted again');
    expect(faults).toHaveLength(6);
    expect(guardedFaults()['a planted callback']).toBe(6);
    vi.restoreAllMocks();
  });

  it('that does not throw gets its arguments and counts nothing', () => {
    const got: number[] = [];
    guarded('a good callback', (...all: number[]) => void got.push(...all))(1, 2);
    expect(got).toEqual([1, 2]);
    expect(guardedFaults()).not.toHaveProperty('a good callback');
  });
});
