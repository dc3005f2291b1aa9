import { describe, expect, it } from 'vitest';
import { Sounding, type SoundContext } from '../../../../domain/desk/sounding';
import type { AlertNotice } from '../../../../domain/model/alert';
import { defaultDeskSettings } from '../../../../domain/model/desk';
import { madeAlert } from '../../../fixtures/fake-bridge/alerts';

const night = Date.UTC(2026, 11, 1, 23, 30);
const context = (change: Partial<SoundContext> = {}): SoundContext => ({
  settings: defaultDeskSettings,
  mutedUntilMs: null,
  zone: 'UTC',
  nowMs: night,
  monotonicMs: 0,
  ...change,
});
const notice = (change: Partial<AlertNotice> = {}): AlertNotice => ({
  id: 'g-1',
  groupId: 'g',
  kind: 'opened',
  isLoud: true,
  atMs: night,
  severity: 'warning',
  title: 'Edge down: fra-01-02',
  text: '',
  link: 'heron://wall',
  alerts: [],
  alertCount: 1,
  clusterCount: 1,
  suppressed: 0,
  ...change,
});
const critical = madeAlert('no-active-lb', 'gru-01', night);
const warning = madeAlert('edge-down', 'fra-01', night);
const quiet = { ...defaultDeskSettings, quietHours: { from: '22:00', to: '06:00' } };

describe('sounds', () => {
  it('come with a loud notice of the severities that are wanted', () => {
    const sounding = new Sounding();
    expect(sounding.ofNotice(notice(), context())).toEqual({ severity: 'warning', isEscalated: false });
    expect(sounding.ofNotice(notice({ isLoud: false }), context())).toBeNull();
    expect(sounding.ofNotice(notice({ severity: 'info' }), context())).toBeNull();
    expect(sounding.ofNotice(notice({ kind: 'cleared' }), context())).toBeNull();
    const off = { ...defaultDeskSettings, sounds: false };
    expect(sounding.ofNotice(notice(), context({ settings: off }))).toBeNull();
  });

  it('are louder for what is escalated', () => {
    const escalated = notice({ kind: 'escalated', severity: 'critical' });
    expect(new Sounding().ofNotice(escalated, context())?.isEscalated).toBe(true);
  });

  it('are repeated until the alert is acknowledged, held back or over', () => {
    const sounding = new Sounding();
    expect(sounding.repeated([critical], context())).not.toBeNull();
    expect(sounding.repeated([critical], context({ monotonicMs: 14_999 }))).toBeNull();
    expect(sounding.repeated([critical], context({ monotonicMs: 15_000 }))?.severity).toBe('critical');
    const acknowledged = {
      ...critical,
      acknowledged: { by: 'EU', words: '', atMs: night, until: { kind: 'recovers' as const }, sticky: false },
    };
    const held = { ...critical, held: { by: 'maintenance' as const, untilMs: null } };
    const over = { ...critical, state: 'over' as const };
    for (const alert of [acknowledged, held, over])
      expect(sounding.repeated([alert], context({ monotonicMs: 60_000 }))).toBeNull();
  });

  it('of warnings are repeated less often, and not at all where that is off', () => {
    const sounding = new Sounding();
    sounding.ofNotice(notice(), context());
    expect(sounding.repeated([warning], context({ monotonicMs: 59_000 }))).toBeNull();
    expect(sounding.repeated([warning], context({ monotonicMs: 60_000 }))?.severity).toBe('warning');
    const once = { ...defaultDeskSettings, repeats: false };
    expect(sounding.repeated([warning], context({ monotonicMs: 200_000, settings: once }))).toBeNull();
  });

  it('are muted until the given time, critical ones too', () => {
    const sounding = new Sounding();
    const muted = context({ mutedUntilMs: night + 600_000 });
    expect(sounding.ofNotice(notice({ severity: 'critical' }), muted)).toBeNull();
    expect(sounding.repeated([critical], { ...muted, nowMs: night + 600_000 })).not.toBeNull();
  });

  it('are critical ones only in quiet hours, in the zone of this computer', () => {
    const sounding = new Sounding();
    expect(sounding.ofNotice(notice(), context({ settings: quiet }))).toBeNull();
    expect(sounding.ofNotice(notice({ severity: 'critical' }), context({ settings: quiet }))).not.toBeNull();
    // 08:30 of the next day.
    expect(sounding.ofNotice(notice(), context({ settings: quiet, zone: 'Asia/Tokyo' }))).not.toBeNull();
  });
});
