import { describe, expect, it } from 'vitest';
import { checkTerms, type Terms } from '../../../../../renderer/views/audit/use-audit-question';

const terms: Terms = { target: '', monthly: false, hours: '24x7', holidays: '', zone: 'UTC' };

describe('the terms of an availability', () => {
  it('are around the clock without a target at first', () => {
    expect(checkTerms(terms)).toEqual({
      faults: { target: '', hours: '', holidays: '', zone: '' },
      calendar: null,
      targetPercent: null,
      zone: 'UTC',
    });
  });

  it('are a calendar of the zone', () => {
    const typed = {
      target: '99,95 %',
      hours: 'Mon-Fri 8-18',
      holidays: '12-25 Christmas',
      zone: ' Europe/Berlin ',
    };
    expect(checkTerms({ ...terms, ...typed })).toMatchObject({
      targetPercent: 99.95,
      calendar: {
        zone: 'Europe/Berlin',
        hours: [{ days: [1, 2, 3, 4, 5], fromMinute: 480, toMinute: 1080 }],
        holidays: [{ date: '12-25', name: 'Christmas' }],
      },
    });
    expect(checkTerms({ ...terms, holidays: '2026-12-25' }).calendar).toMatchObject({ hours: null });
  });

  it.each([
    ['target', '0'],
    ['target', 'high'],
    ['target', '100.1'],
    ['hours', 'Mon-Fri'],
    ['holidays', 'Christmas'],
    ['zone', 'Berlin'],
  ] as const)('say what is wrong with %s %s', (name, text) => {
    const { faults } = checkTerms({ ...terms, [name]: text });
    expect(faults[name]).not.toBe('');
    expect(Object.values(faults).filter((fault) => fault !== '')).toHaveLength(1);
  });
});
