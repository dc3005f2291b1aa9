import { describe, expect, it } from 'vitest';
import { noAlerts } from '../../../../monitor/alerts/no-alerts';
import type { AlertService } from '../../../../monitor/alerts/alert-service';
import { alertRequests } from '../../../../monitor/usecases/alert-requests';
import type { CurrentHistory } from '../../../../monitor/usecases/current-history';
import { FakeHistory } from '../../../fixtures/history/fake-history';

const nowMs = Date.UTC(2026, 10, 30, 12);
const clock = { nowMs: () => nowMs };

function handlers(change: Partial<AlertService>, mode: CurrentHistory['mode'] = 'inventory') {
  const alerts = { ...noAlerts(clock), ...change };
  const current = { monitor: { alerts } } as never;
  const history = new FakeHistory(clock.nowMs);
  const shown = { mode, history, nowMs: () => nowMs - 1_000 } as unknown as CurrentHistory;
  return alertRequests({ current: () => Promise.resolve(current) }, () => Promise.resolve(shown), clock);
}

const silence = { matcher: {}, author: 'noc', reason: 'Works.', endsMs: nowMs + 60_000 };
const acknowledgement = {
  ...{ ids: ['cpu-1-1'], by: 'noc', words: '', until: { kind: 'recovers' as const } },
  ...{ sticky: false, assignee: null, withdrawn: false },
};

describe('requests about alerts', () => {
  it('refuse a silence of everything unless it is meant', async () => {
    const asked = handlers({
      preview: () => ({ rows: 9, edges: 9, names: [], alertIds: [], matchesEverything: true }),
    });
    await expect(asked['alerts.addSilence']({ ...silence, matchesEverythingIsMeant: false })).rejects.toThrow(
      /every cluster/,
    );
    await expect(
      asked['alerts.addSilence']({ ...silence, matchesEverythingIsMeant: true }),
    ).resolves.toMatchObject({
      author: 'noc',
    });
  });

  it('refuse ends in the past', async () => {
    const asked = handlers({ acknowledge: () => true });
    const past = { ...silence, endsMs: nowMs, matchesEverythingIsMeant: true };
    await expect(asked['alerts.addSilence'](past)).rejects.toThrow(/ended already/);
    const until = { kind: 'time' as const, atMs: nowMs - 1 };
    await expect(asked['alerts.acknowledge']({ ...acknowledgement, until })).rejects.toThrow(/ended already/);
    await expect(asked['alerts.acknowledge'](acknowledgement)).resolves.toBeUndefined();
  });

  it('say when there is nothing left to acknowledge or to end', async () => {
    const asked = handlers({});
    await expect(asked['alerts.acknowledge'](acknowledgement)).rejects.toThrow(/nothing to acknowledge/);
    await expect(asked['alerts.endSilence']({ id: 'silence-1-1', by: 'noc' })).rejects.toThrow(
      /not in force/,
    );
  });

  it('list the alerts of an open file as of its end', async () => {
    const list = await handlers({}, 'audit')['alerts.list']({ atMs: null });
    expect(list).toEqual({ atMs: nowMs - 1_000, alerts: [], silences: [] });
  });
});
