import { describe, expect, it } from 'vitest';
import { scheduleFault, tidyDraft } from '../../../../domain/maintenance/draft-faults';
import { hintsOf } from '../../../../domain/maintenance/hints';
import { nextOccurrences, type Timing } from '../../../../domain/maintenance/occurrences';
import type { MatchableRow } from '../../../../domain/maintenance/match';
import type { PlannedWindow } from '../../../../domain/maintenance/plan';
import {
  maintenanceDraftSchema,
  type Every,
  type MaintenanceDraft,
  type Schedule,
} from '../../../../domain/model/maintenance';

const nowMs = Date.parse('2026-12-01T12:00Z');
const once = (from: string, to: string): Schedule => ({ kind: 'once', from, to });
const recurring = (
  every: Every,
  changes: Partial<Extract<Schedule, { kind: 'recurring' }>> = {},
): Schedule => ({
  ...{ kind: 'recurring', every, fromMinute: 60, untilMinute: 240, first: '2026-12-01', last: null },
  ...changes,
});

function fault(
  schedule: Schedule,
  zone = 'Europe/Berlin',
  whenClockChanges: Timing['whenClockChanges'] = 'keep-end',
) {
  return scheduleFault({ schedule, zone, whenClockChanges }, nowMs);
}

describe('scheduleFault', () => {
  it('accepts what can take place', () => {
    expect(fault(once('2026-12-01T10:00', '2026-12-01T14:00'))).toBeNull();
    expect(fault(recurring({ kind: 'month-day', day: 31 }))).toBeNull();
    expect(fault(recurring({ kind: 'day' }, { fromMinute: 1380, untilMinute: 60 }))).toBeNull();
  });

  it.each([
    ['an end before the beginning', once('2026-12-02T10:00', '2026-12-02T09:00'), 'until'],
    ['a time that is over', once('2026-11-02T10:00', '2026-11-02T11:00'), 'until'],
    ['a year', once('2026-12-02T10:00', '2027-12-02T11:00'), 'until'],
    ['no length', recurring({ kind: 'day' }, { untilMinute: 60 }), 'until'],
    ['a last day before the first', recurring({ kind: 'day' }, { last: '2026-11-30' }), 'last'],
    ['no such day until its last', recurring({ kind: 'month-day', day: 31 }, { last: '2026-12-30' }), 'last'],
    [
      'a last day that is over',
      recurring({ kind: 'day' }, { first: '2026-01-01', last: '2026-02-01' }),
      'last',
    ],
    ['a time that the clocks skip', once('2027-03-28T02:10', '2027-03-28T02:50'), 'from'],
  ])('names the input of %s', (_, schedule, field) => {
    expect(fault(schedule)).toMatchObject({
      field,
      words: expect.stringMatching(/^[A-Z].*\. .*\.$/) as string,
    });
  });

  it('names a zone that is none, and lets a skipped time keep its length', () => {
    expect(fault(recurring({ kind: 'day' }), 'Mars/Olympus')?.field).toBe('zone');
    expect(fault(once('2027-03-28T02:10', '2027-03-28T02:50'), 'Europe/Berlin', 'keep-length')).toBeNull();
  });
});

const draft: MaintenanceDraft = {
  purpose: 'Patches',
  matcher: { kind: 'rule', terms: [{ field: 'site', pattern: 'Frankfurt' }] },
  schedule: recurring({ kind: 'week', weekdays: [7, 1, 7] }),
  ...{ zone: 'UTC', whenClockChanges: 'keep-end', ifSomethingElseFails: 'wait', afterwards: 'nothing' },
};

it('a draft names each weekday once, in order', () => {
  expect(tidyDraft(draft).schedule).toMatchObject({ every: { weekdays: [1, 7] } });
});

it.each(['2027-02-31', '2027-13-01', '27-01-01'])('there is no day %s', (first) => {
  const schedule = { ...recurring({ kind: 'day' }), first };
  expect(maintenanceDraftSchema.safeParse({ ...draft, schedule }).success).toBe(false);
});

describe('hintsOf', () => {
  const row = (name: string, site: string): MatchableRow => ({ id: name, name, site, edges: [] });
  const rows = [row('fra-01', 'Frankfurt'), row('fra-02', 'Frankfurt'), row('ber-01', 'Berlin')];
  let alerts: Parameters<typeof hintsOf>[0]['alerts'] = [];
  const hints = (given: MaintenanceDraft, others: PlannedWindow[] = []) =>
    hintsOf({ draft: given, rows, next: nextOccurrences(given, nowMs, 5), others, alerts, nowMs });

  it('tells that a whole site is in the window at once', () => {
    expect(hints(draft)).toEqual([{ kind: 'whole-site', site: 'Frankfurt' }]);
  });

  it('names alerts that are open there and will be held back', () => {
    const open = { edgeId: null, edgeName: null, state: 'open' as const, held: null };
    alerts = ['fra-01', 'ber-01'].map((name) => ({ ...open, rowId: name, name }));
    expect(hints(draft)[0]).toEqual({ kind: 'open-alerts', count: 1, names: ['fra-01'] });
    alerts = alerts.map((alert) => ({ ...alert, held: { by: 'maintenance', untilMs: null } }));
    expect(hints(draft).map(({ kind }) => kind)).not.toContain('open-alerts');
    alerts = [];
  });

  it('tells when it matches nothing, and when it has begun', () => {
    const given: MaintenanceDraft = {
      ...draft,
      matcher: { kind: 'rule', terms: [{ field: 'name', pattern: 'x' }] },
      schedule: once('2026-12-01T10:00', '2026-12-01T14:00'),
    };
    expect(hints(given).map(({ kind }) => kind)).toEqual(['matches-nothing', 'began-before']);
  });

  it('tells what else the same rows are in, and until when', () => {
    const window = {
      ...draft,
      ...{ windowId: 'w-2', author: 'bob', purpose: 'Core switch upgrade' },
      matcher: { kind: 'rule' as const, terms: [{ field: 'name' as const, pattern: 'fra-02' }] },
      schedule: once('2026-12-06T02:00', '2026-12-06T05:00'),
    };
    const found = hints(draft, [{ window, changedMs: nowMs, endedMs: null }]);
    expect(found.at(-1)).toMatchObject({
      ...{ kind: 'overlap', rowNames: ['fra-02'] },
      lastEndMs: Date.parse('2026-12-06T05:00Z'),
    });
  });
});
