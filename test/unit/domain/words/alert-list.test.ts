import { describe, expect, it } from 'vitest';
import {
  alertHealth,
  alertVerdict,
  heldAndSuppressedWords,
  incidentTitle,
  standingWords,
} from '../../../../domain/words/alert-list';
import { madeAlert, madeAlerts } from '../../../fixtures/fake-bridge/alerts';

const now = Date.UTC(2026, 10, 29, 21, 31);
const momentWords = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
const byAnn = { by: 'ann', words: '', atMs: now, sticky: false } as const;

describe('the verdict', () => {
  it('counts what is unacknowledged, and names the cluster whose users are cut off', () => {
    expect(alertVerdict(madeAlerts(now)).title).toBe('3 unacknowledged, users of gru-01 are cut off');
  });

  it('names the worst alert where users are served', () => {
    const alerts = [madeAlert('split-brain', 'sin-02', now), madeAlert('no-redundancy', 'dxb-01', now)];
    expect(alertVerdict(alerts)).toEqual({
      title: '2 unacknowledged, worst: split brain of sin-02',
      worst: alerts[0],
    });
  });

  it('counts clusters, not alerts, where several are cut off', () => {
    const alerts = ['a-1', 'b-1', 'b-1'].map((name) => madeAlert('cluster-down', name, now));
    expect(alertVerdict(alerts).title).toBe('3 unacknowledged, users of 2 clusters are cut off');
  });

  it('does not call what is over, or only a warning, a cut', () => {
    const over = madeAlert('failover', 'fra-01', now, { state: 'over', severity: 'info' });
    const served = madeAlert('no-active-lb', 'fra-02', now, { severity: 'warning' });
    expect(alertVerdict([served, over]).title).toBe('2 unacknowledged, worst: no active LB of fra-02');
  });

  it('says what there is where nothing is unacknowledged', () => {
    const acknowledged = madeAlert('unknown', 'nrt-01', now, {
      acknowledged: { ...byAnn, until: { kind: 'recovers' } },
    });
    const held = madeAlert('cpu', 'lhr-01', now, { held: { by: 'maintenance', untilMs: null } });
    expect(alertVerdict([acknowledged, held])).toEqual({
      title: 'Nothing unacknowledged: 1 acknowledged, 1 held back',
      worst: null,
    });
    expect(alertVerdict([]).title).toBe('No alerts');
  });
});

describe('where an alert stands', () => {
  const at22 = { kind: 'time', atMs: Date.UTC(2026, 10, 29, 22) } as const;

  it('names who has it, until when, and that a new fact ends that', () => {
    const alert = madeAlert('unknown', 'nrt-01', now, { acknowledged: { ...byAnn, until: at22 } });
    expect(standingWords(alert, momentWords)).toBe(
      'Acknowledged by ann until 22:00, or when a new fact appears',
    );
    const sticky = { ...alert, acknowledged: { ...byAnn, sticky: true, until: at22 }, assignee: 'bob' };
    expect(standingWords(sticky, momentWords)).toBe('Acknowledged by ann until 22:00, assigned to bob');
    const changes = { ...alert, acknowledged: { ...byAnn, until: { kind: 'changes' as const } } };
    expect(standingWords(changes, momentWords)).toBe('Acknowledged by ann until anything changes');
  });

  it('names what holds it back', () => {
    const held = { by: 'silence', silenceId: 's', untilMs: at22.atMs } as const;
    expect(standingWords(madeAlert('cpu', 'lhr-01', now, { held }), momentWords)).toBe(
      'Held back by a silence until 22:00',
    );
    expect(standingWords(madeAlert('cpu', 'lhr-01', now), momentWords)).toBe('Unacknowledged');
  });
});

describe('what an alert looks like', () => {
  it('is its state, and none where it is information only', () => {
    expect(alertHealth({ rule: 'no-active-lb', severity: 'critical' })).toBe('no-active-lb');
    expect(alertHealth({ rule: 'no-active-lb', severity: 'warning' })).toBe('degraded');
    expect(alertHealth({ rule: 'cpu', severity: 'warning' })).toBe('degraded');
    expect(alertHealth({ rule: 'failover', severity: 'info' })).toBeNull();
  });
});

describe('the title of an incident', () => {
  it('has the rule of the worst alert, and its place', () => {
    const gru = madeAlert('no-active-lb', 'gru-01', now, { site: 'São Paulo' });
    expect(incidentTitle([gru])).toBe('No active LB, São Paulo');
    expect(incidentTitle([{ ...gru, site: null }])).toBe('No active LB, gru-01');
    expect(incidentTitle([gru, madeAlert('edge-down', 'fra-01', now)])).toBe('No active LB, 2 clusters');
    expect(incidentTitle([{ ...gru, rowId: null }])).toBe('Heron itself');
  });
});

it('counts what is suppressed and held back', () => {
  expect(heldAndSuppressedWords(madeAlerts(now))).toBe('6 symptoms suppressed');
  expect(heldAndSuppressedWords([])).toBe('');
});
