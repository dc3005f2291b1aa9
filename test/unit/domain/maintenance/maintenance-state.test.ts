import { describe, expect, it } from 'vitest';
import type { MatchableRow } from '../../../../domain/maintenance/match';
import { MaintenanceState, type RowsNow } from '../../../../domain/maintenance/maintenance-state';
import type { PlanEvent } from '../../../../domain/maintenance/plan';
import { inForceBy, maintenanceTimes, type MaintenanceEvent } from '../../../../domain/maintenance/recorded';
import type { MaintenanceDraft, MaintenanceWindow } from '../../../../domain/model/maintenance';

const utc = (text: string): number => Date.parse(`2026-12-27T${text}Z`);

const row = (id: string, site: string | null = null): MatchableRow => ({
  id,
  name: id,
  site,
  edges: ['1', '2'].map((number) => ({ id: `${id}-${number}`, name: `${id}-${number}` })),
});
const rows = [row('fra-01', 'Frankfurt'), row('fra-02', 'Frankfurt'), row('ber-01', 'Berlin')];
const now: RowsNow = { rows, observed: () => ({ health: 'degraded', reasons: [] }) };

function window(changes: Partial<MaintenanceDraft> = {}): MaintenanceWindow {
  return {
    windowId: 'w-1',
    author: 'ann',
    purpose: 'Patches',
    matcher: { kind: 'rule', terms: [{ field: 'name', pattern: 'fra-*' }] },
    schedule: { kind: 'once', from: '2026-12-27T10:00', to: '2026-12-27T11:00' },
    zone: 'UTC',
    whenClockChanges: 'keep-end',
    ifSomethingElseFails: 'wait',
    afterwards: 'alert-if-not-up',
    ...changes,
  };
}

const planned = (atMs: number, one = window()): PlanEvent => ({
  type: 'maintenance-planned',
  timeMs: atMs,
  recordedAtMs: atMs,
  window: one,
});
const changed = (atMs: number, one: MaintenanceWindow, endsNow = false): PlanEvent => ({
  type: 'maintenance-changed',
  timeMs: atMs,
  recordedAtMs: atMs,
  by: 'bob',
  window: one,
  endsNow,
});

/** "began fra-01 10:00": what each event is about. */
const brief = (events: readonly MaintenanceEvent[]): string[] =>
  events.map(
    ({ phase, clusterName, timeMs }) =>
      `${phase} ${clusterName} ${new Date(timeMs).toISOString().slice(11, 16)}`,
  );

describe('MaintenanceState', () => {
  it('begins and ends a window on the rows that it matches, with what was observed', () => {
    const state = new MaintenanceState();
    state.decide(planned(utc('09:00')));
    expect(state.advance(now, utc('09:00'))).toEqual([]);
    expect(state.advance(now, utc('09:59'))).toEqual([]);
    const begun = state.advance(now, utc('10:00'));
    expect(brief(begun)).toEqual(['began fra-01 10:00', 'began fra-02 10:00']);
    expect(begun[0]).toMatchObject({
      by: null,
      observed: { health: 'degraded' },
      windows: [{ untilMs: utc('11:00') }],
    });
    expect(state.inForce('fra-01')).toHaveLength(1);
    expect(state.inForce('ber-01')).toEqual([]);
    expect(brief(state.advance(now, utc('11:00')))).toEqual(['ended fra-01 11:00', 'ended fra-02 11:00']);
    expect(state.inForce('fra-01')).toEqual([]);
  });

  it('makes nothing maintenance afterwards: a window in progress begins when it is planned', () => {
    const state = new MaintenanceState();
    state.decide(planned(utc('10:30')));
    const begun = state.advance(now, utc('10:30'), 'ann');
    expect(brief(begun)).toEqual(['began fra-01 10:30', 'began fra-02 10:30']);
    expect(begun[0]).toMatchObject({ by: 'ann', windows: [{ fromMs: utc('10:30') }] });
  });

  it('ends the time in progress when a person does, and lets the next one take place', () => {
    const daily = window({
      schedule: {
        kind: 'recurring',
        every: { kind: 'day' },
        fromMinute: 600,
        untilMinute: 660,
        first: '2026-12-01',
        last: null,
      },
    });
    const state = new MaintenanceState([planned(utc('09:00'), daily)]);
    state.advance(now, utc('10:00'));
    state.decide(changed(utc('10:20'), daily, true));
    const ended = state.advance(now, utc('10:20'), 'bob');
    expect(brief(ended)).toEqual(['ended fra-01 10:20', 'ended fra-02 10:20']);
    expect(ended[0]?.by).toBe('bob');
    expect(state.advance(now, utc('10:59'))).toEqual([]);
    expect(brief(state.advance(now, utc('10:00') + 86_400_000))).toHaveLength(2);
  });

  it('goes on with a window that is made longer', () => {
    const state = new MaintenanceState([planned(utc('09:00'))]);
    state.advance(now, utc('10:00'));
    const longer = window({ schedule: { kind: 'once', from: '2026-12-27T10:00', to: '2026-12-27T12:00' } });
    state.decide(changed(utc('10:30'), longer));
    const events = state.advance(now, utc('10:30'), 'bob');
    expect(brief(events)).toEqual(['changed fra-01 10:30', 'changed fra-02 10:30']);
    expect(events[0]?.windows).toMatchObject([{ fromMs: utc('10:00'), untilMs: utc('12:00') }]);
  });

  it('notes after a restart what began and ended meanwhile, at its own time', () => {
    const before = new MaintenanceState([planned(utc('09:00'))]);
    const recorded = before.advance(now, utc('10:00'));
    const restarted = new MaintenanceState([planned(utc('09:00'))], recorded);
    expect(restarted.inForce('fra-01')).toHaveLength(1);
    const later = restarted.advance(now, utc('14:00'));
    expect(brief(later)).toEqual(['ended fra-01 11:00', 'ended fra-02 11:00']);
    expect(later[0]).toMatchObject({ recordedAtMs: utc('14:00'), observed: null });
    const missed = new MaintenanceState([planned(utc('09:00'))]).advance(now, utc('14:00'));
    expect(brief(missed)).toEqual([
      'began fra-01 10:00',
      'began fra-02 10:00',
      'ended fra-01 11:00',
      'ended fra-02 11:00',
    ]);
  });

  it('says the same again to nobody', () => {
    const state = new MaintenanceState([planned(utc('09:00'))]);
    const first = state.advance(now, utc('10:00'));
    const restarted = new MaintenanceState([planned(utc('09:00'))], first);
    expect(restarted.advance(now, utc('10:01'))).toEqual([]);
  });

  it('includes what is added to the inventory, and ends what is removed', () => {
    const state = new MaintenanceState([planned(utc('09:00'))]);
    state.advance(now, utc('10:00'));
    state.invalidate();
    const other = { ...now, rows: [row('fra-01'), row('fra-03')] };
    expect(brief(state.advance(other, utc('10:10')))).toEqual(['ended fra-02 10:10', 'began fra-03 10:10']);
  });

  it('is about edges alone where edges are named', () => {
    const state = new MaintenanceState([
      planned(
        utc('09:00'),
        window({ matcher: { kind: 'rule', terms: [{ field: 'edge', pattern: 'fra-01-?' }] } }),
      ),
    ]);
    const [begun] = state.advance(now, utc('10:00'));
    expect(begun?.windows[0]?.edges).toHaveLength(2);
    expect(state.at(rows[0]!, null, utc('10:30'))).toBeNull();
    expect(state.at(rows[0]!, 'fra-01-1', utc('10:30'))?.untilMs).toBe(utc('11:00'));
    expect(state.at(rows[1]!, 'fra-02-1', utc('10:30'))).toBeNull();
    expect(state.at(rows[0]!, 'fra-01-1', utc('11:00'))).toBeNull();
  });

  it('keeps the later of two ends', () => {
    const other = {
      ...window({
        purpose: 'Switch',
        schedule: { kind: 'once', from: '2026-12-27T10:30', to: '2026-12-27T12:00' },
      }),
      windowId: 'w-2',
    };
    const state = new MaintenanceState([planned(utc('09:00')), planned(utc('09:01'), other)]);
    state.advance(now, utc('10:00'));
    expect(brief(state.advance(now, utc('10:30')))).toEqual(['changed fra-01 10:30', 'changed fra-02 10:30']);
    expect(state.at(rows[0]!, null, utc('10:45'))?.windowId).toBe('w-2');
    expect(brief(state.advance(now, utc('11:00')))).toEqual(['changed fra-01 11:00', 'changed fra-02 11:00']);
    expect(brief(state.advance(now, utc('12:00')))).toEqual(['ended fra-01 12:00', 'ended fra-02 12:00']);
  });

  it('looks again where the clock was set back', () => {
    const state = new MaintenanceState([planned(utc('09:00'))]);
    state.advance(now, utc('11:00'));
    expect(brief(state.advance(now, utc('10:30')))).toEqual(['began fra-01 10:30', 'began fra-02 10:30']);
  });
});

describe('recorded maintenance', () => {
  it('has the times of each window, joined over what was recorded in between', () => {
    const state = new MaintenanceState([planned(utc('09:00'))]);
    const events = [...state.advance(now, utc('10:00')), ...state.advance(now, utc('11:00'))].filter(
      ({ clusterId }) => clusterId === 'fra-01',
    );
    const range = { fromMs: utc('10:30'), toMs: utc('13:00') };
    expect(maintenanceTimes(events, range)).toMatchObject([{ fromMs: utc('10:30'), toMs: utc('11:00') }]);
  });

  it('ends at its planned end where Heron did not record it', () => {
    const [begun] = new MaintenanceState([planned(utc('09:00'))]).advance(now, utc('10:00'));
    expect(inForceBy(begun, utc('10:59'))).toHaveLength(1);
    expect(inForceBy(begun, utc('11:00'))).toEqual([]);
    expect(maintenanceTimes([begun!], { fromMs: 0, toMs: utc('20:00') })).toMatchObject([
      { toMs: utc('11:00') },
    ]);
  });
});
