import { describe, expect, it } from 'vitest';
import { deskNotification, deskState, quitStops } from '../../../../domain/desk/desk-state';
import { fleetInAllStates } from '../../../fixtures/fake-bridge/fleet';
import { madeAlerts } from '../../../fixtures/fake-bridge/alerts';
import { madeSnapshot } from '../../../fixtures/fake-bridge/cluster';

const atMs = Date.UTC(2026, 11, 1, 8);
const all = madeSnapshot(fleetInAllStates(atMs), atMs);
const well = { ...all, clusters: all.clusters.filter(({ health }) => health === 'up') };

describe('what the tray shows', () => {
  it('is the worst state with its cluster, and the number of unacknowledged alerts', () => {
    expect(deskState(all, madeAlerts(atMs))).toEqual({
      worst: 'no-active-lb',
      count: 3,
      tooltip: 'Heron: No active LB, gru-01, 3 unacknowledged alerts',
    });
  });

  it('is up when all is well', () => {
    const { length } = well.clusters;
    expect(deskState(well, [])).toEqual({
      worst: 'up',
      count: 0,
      tooltip: `Heron: ${length} of ${length} up`,
    });
  });

  it('is unknown while Heron sees nothing, and never up', () => {
    for (const state of ['blind', 'stalled'] as const) {
      const monitor = { ...well.monitor, state };
      expect(deskState({ ...well, monitor }, []).worst).toBe('unknown');
    }
    expect(deskState({ ...all, clusters: [] }, []).worst).toBe('unknown');
    expect(deskState(null, []).worst).toBeNull();
  });

  it('fits into a tooltip of Windows', () => {
    const [first] = all.clusters;
    const clusters = [{ ...(first ?? expect.fail()), health: 'down' as const, name: 'x'.repeat(200) }];
    expect(deskState({ ...all, clusters }, []).tooltip.length).toBeLessThanOrEqual(120);
  });
});

describe('what quitting stops', () => {
  it('names polling, notifications, channels and the demo fleet', () => {
    expect(quitStops(well, { isDemo: true, channels: 2, notifies: true })).toEqual([
      expect.stringMatching(/^Polling of \d+ clusters with \d+ edges$/),
      'Notifications and sounds on this computer',
      'Delivery of alerts to 2 channels',
      'The demo fleet',
    ]);
    expect(quitStops(well, { isDemo: false, channels: 0, notifies: false })).toHaveLength(1);
    expect(quitStops(null, { isDemo: false, channels: 1, notifies: true })).toEqual([]);
  });
});

describe('a notification', () => {
  it('has no markup, no control characters, and an end', () => {
    const { title, body, urgency } = deskNotification({
      title: 'Edge down: <b>fra</b> & co\u0007\u202e',
      text: `<img src="http://evil.example/x">${'y'.repeat(2_000)}`,
      severity: 'critical',
      suppressed: 0,
    });
    expect(title).toBe('Edge down: ‹b›fra‹/b› ＆ co ');
    expect(body).not.toMatch(/[<>&]/);
    expect(body.length).toBeLessThanOrEqual(600);
    expect(urgency).toBe('critical');
  });

  it('says how many symptoms are suppressed', () => {
    const notice = { title: 'No active LB: gru-01', text: 'Users are cut off.', suppressed: 4 };
    expect(deskNotification({ ...notice, severity: 'info' })).toEqual({
      title: 'No active LB: gru-01',
      body: 'Users are cut off. 4 symptoms suppressed.',
      urgency: 'low',
    });
  });
});
