import { describe, expect, it } from 'vitest';
import type { MaintenanceDraft } from '../../../../../../domain/model/maintenance';
import { draftOf, formOf, newForm } from '../../../../../../renderer/shell/dialogs/maintenance/plan-form';

const nowMs = Date.parse('2026-12-01T12:10Z');
const draft: MaintenanceDraft = {
  purpose: 'Patches',
  matcher: { kind: 'rule', terms: [{ field: 'name', pattern: 'fra-01' }] },
  schedule: { kind: 'once', from: '2026-12-02T01:00', to: '2026-12-02T04:00' },
  ...{ zone: 'Europe/Berlin', whenClockChanges: 'keep-length', ifSomethingElseFails: 'wait' },
  afterwards: 'nothing',
};

describe('the form of a maintenance window', () => {
  it('starts at the next half hour of the zone', () => {
    const form = newForm([{ field: 'name', pattern: 'fra-01' }], 'Europe/Berlin', nowMs);
    expect(form).toMatchObject({
      onceFrom: '2026-12-01T13:30',
      onceTo: '2026-12-01T15:30',
      first: '2026-12-01',
    });
    expect(draftOf(form)).toEqual({ missing: 'Enter a reason' });
  });

  it.each<MaintenanceDraft['schedule']>([
    draft.schedule,
    ...(
      [
        { kind: 'day' },
        { kind: 'week', weekdays: [1, 5] },
        { kind: 'month-day', day: 31 },
        { kind: 'month-weekday', nth: 5, weekday: 7 },
      ] as const
    ).map((every) => ({
      ...{ kind: 'recurring' as const, fromMinute: 1320, untilMinute: 1440, first: '2026-12-01', last: null },
      every: every.kind === 'week' ? { ...every, weekdays: [...every.weekdays] } : every,
    })),
  ])('says again what was planned: $kind', (schedule) => {
    expect(draftOf(formOf({ ...draft, schedule }, nowMs))).toEqual({ draft: { ...draft, schedule } });
  });

  it('tells which input is missing', () => {
    const form = formOf(draft, nowMs);
    const recurring = { ...form, repeat: 'recurring' as const };
    expect(draftOf({ ...form, onceTo: '' })).toEqual({ missing: 'Enter an end' });
    expect(draftOf({ ...recurring, everyKind: 'week', weekdays: [] })).toEqual({ missing: 'Choose a day' });
    expect(draftOf({ ...recurring, everyKind: 'month-day', monthDay: 32 })).toEqual({
      missing: 'Enter a day from 1 to 31',
    });
    expect(draftOf({ ...recurring, from: '' })).toEqual({ missing: 'Enter a beginning' });
    expect(draftOf({ ...recurring, first: '' })).toEqual({ missing: 'Enter the first day' });
  });
});
