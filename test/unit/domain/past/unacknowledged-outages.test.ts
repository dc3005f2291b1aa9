import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { OutageTracker } from '../../../../domain/past/outage-tracker';
import { UnacknowledgedOutages } from '../../../../domain/past/unacknowledged-outages';
import type { HeronEvent } from '../../../../domain/model/event';
import type { Health } from '../../../../domain/model/health';
import { outagesTogether, type Outage } from '../../../../domain/model/outage';
import { outagePredicate } from '../../../../domain/words/outages';

const at = (seconds: number): number => 1_700_000_000_000 + seconds * 1_000;
const ofCluster = (seconds: number) => ({
  timeMs: at(seconds),
  recordedAtMs: at(seconds),
  clusterId: 'fra',
  clusterName: 'fra-01',
});

const failover = (seconds: number, atLeast: number, atMost: number): HeronEvent => ({
  type: 'failover',
  ...ofCluster(seconds),
  ...{ fromEdgeId: 'e1', fromEdgeName: 'e1', toEdgeId: 'e2', toEdgeName: 'e2' },
  bracket: { lastOldMs: at(seconds) - atMost, firstNewMs: at(seconds) },
  gapMs: { atLeast, atMost },
  oldRoleAfter: 'init',
  cause: { kind: 'lb-stopped', evidence: [] },
  witnesses: [],
  pollIntervalMs: 1_000,
});
const state = (seconds: number, from: Health, to: Health, code: string = to): HeronEvent => ({
  type: 'cluster-state',
  ...ofCluster(seconds),
  from,
  to,
  reasons: [{ code, fact: '', detail: '' }],
});
/** The same, with the last reading of the old state. */
const read = (lastOldSeconds: number, seconds: number, from: Health, to: Health): HeronEvent => ({
  ...state(seconds, from, to),
  ...{ healthIntervalMs: 5_000, stateBracket: { lastOldMs: at(lastOldSeconds), firstNewMs: at(seconds) } },
});
const role = (seconds: number, from: 'master' | 'init', to: 'master' | 'init'): HeronEvent => ({
  type: 'lb-role',
  ...ofCluster(seconds),
  ...{ edgeId: 'e1', edgeName: 'e1', from, to },
  bracket: { lastOldMs: at(seconds - 1), firstNewMs: at(seconds) },
  reasons: [],
  witnesses: [],
});
const acknowledged = (
  seconds: number,
  more: Partial<Extract<HeronEvent, { type: 'acknowledged' }>> = {},
): HeronEvent => ({
  type: 'acknowledged',
  ...ofCluster(seconds),
  ...{ by: 'noc', words: '', health: 'degraded', ended: null, covers: { faults: [] } },
  ...more,
});
const usersGap = (seconds: number, atLeast: number, atMost: number): HeronEvent => ({
  type: 'users-gap',
  ...ofCluster(seconds),
  target: '10.0.0.10:443',
  bracket: { lastOldMs: at(seconds) - atMost, firstNewMs: at(seconds) - atLeast },
  restored: { lastOldMs: at(seconds) - 250, firstNewMs: at(seconds) },
  usersGapMs: { atLeast, atMost },
  failedProbes: 4,
});

const over = (...events: HeronEvent[]): readonly Outage[] => {
  const outages = new UnacknowledgedOutages();
  for (const event of events) outages.add(event);
  expect(outages.of('gru')).toEqual([]);
  return outages.of('fra');
};
const brief = (...events: HeronEvent[]) =>
  over(...events).map(({ kind, lastedMs }) => [kind, lastedMs.atLeast, lastedMs.atMost]);

describe('what cut users off', () => {
  it('is a take-over in which no LB was certainly active, and not one that may have been without a gap', () => {
    expect(brief(failover(10, 1_800, 4_000))).toEqual([['no-active-lb', 1_800, 4_000]]);
    expect(brief(failover(10, 0, 1_900))).toEqual([]);
    // It was shown as a state of its own: that is not taken back.
    expect(brief(state(9, 'up', 'no-active-lb'), failover(10, 0, 1_900))).toEqual([
      ['no-active-lb', 0, 1_900],
    ]);
  });

  it('is a loss of the role that the same LB ends by itself', () => {
    expect(
      brief(
        role(10, 'master', 'init'),
        state(11, 'up', 'no-active-lb'),
        role(14, 'init', 'master'),
        state(14, 'no-active-lb', 'up'),
      ),
    ).toEqual([['no-active-lb', 2_600, 5_400]]);
  });

  it('is one outage where a failover ends the state that showed it', () => {
    expect(
      brief(state(11, 'up', 'no-active-lb'), failover(13, 1_800, 4_000), state(13, 'no-active-lb', 'up')),
    ).toEqual([['no-active-lb', 1_800, 4_000]]);
  });

  it('is a cluster without a serving edge, with bounds that contain the time it was recorded', () => {
    expect(brief(read(4, 10, 'up', 'down'), read(65, 70, 'down', 'up'))).toEqual([
      ['no-serving-edge', 55_000, 66_000],
    ]);
    expect(over(read(4, 10, 'up', 'down'))).toEqual([]);
  });

  it('has the bounds of its readings where edges are polled every two minutes', () => {
    expect(brief(read(-230, 10, 'up', 'down'), read(20, 140, 'down', 'up'))).toEqual([
      ['no-serving-edge', 10_000, 370_000],
    ]);
  });

  it('has wide bounds in a history that does not record how often edges were polled', () => {
    expect(brief(state(10, 'up', 'down'), state(70, 'down', 'up'))).toEqual([
      ['no-serving-edge', 0, 184_000],
    ]);
    expect(brief(state(10, 'up', 'down'), state(700, 'down', 'up'))).toEqual([
      ['no-serving-edge', 628_000, 814_000],
    ]);
  });

  it('is certain only until monitoring stopped', () => {
    const gap: HeronEvent = {
      type: 'gap',
      ...{
        timeMs: at(60),
        recordedAtMs: at(60),
        fromMs: at(20),
        toMs: at(60),
        reason: 'suspended',
        words: '',
      },
    };
    expect(brief(read(4, 10, 'up', 'down'), gap, read(69, 70, 'down', 'up'))).toEqual([
      ['no-serving-edge', 10_000, 66_000],
    ]);
  });

  it('is what probes show where the edges report nothing, and no second outage where they do', () => {
    expect(brief(usersGap(20, 2_000, 3_000))).toEqual([['users-not-served', 2_000, 3_000]]);
    const both = [failover(20, 1_800, 4_000), usersGap(20, 2_000, 3_000)];
    expect(brief(...both)).toEqual([['no-active-lb', 1_800, 4_000]]);
    expect(brief(...both.reverse())).toEqual([['no-active-lb', 1_800, 4_000]]);
    expect(
      brief(
        state(10, 'up', 'down', 'users-not-served'),
        state(20, 'down', 'up'),
        usersGap(20, 9_000, 10_000),
      ),
    ).toEqual([['users-not-served', 9_000, 10_000]]);
  });

  it('stays until it is acknowledged, by whatever acknowledgement', () => {
    expect(over(failover(10, 1_800, 4_000), acknowledged(20))).toEqual([]);
    expect(brief(failover(10, 1_800, 4_000), acknowledged(20), failover(30, 900, 3_000))).toHaveLength(1);
    const remainder = acknowledged(20, { covers: { faults: [], isRemainder: true } });
    expect(over(failover(10, 1_800, 4_000), remainder)).toHaveLength(1);
    expect(over(failover(10, 1_800, 4_000), acknowledged(20, { ended: 'well' }))).toHaveLength(1);
  });

  it('is acknowledged already where it was while it lasted', () => {
    expect(over(state(10, 'up', 'down'), acknowledged(20), state(70, 'down', 'up'))).toEqual([]);
  });

  it('is never forgotten: many are counted together', () => {
    const many = Array.from({ length: 40 }, (_, index) => failover(index * 60, 1_000, 2_000));
    const found = over(...many);
    expect(found.length).toBeLessThan(20);
    expect(outagesTogether(found)).toMatchObject({
      times: 40,
      lastedMs: { atLeast: 40_000, atMost: 80_000 },
    });
  });

  it('is counted together over months, and gone once acknowledged', () => {
    const settled = vi.spyOn(OutageTracker.prototype, 'takeSettled');
    onTestFinished(() => settled.mockRestore());
    const hourSeconds = 3_600;
    const year = Array.from({ length: 2_000 }, (_, index) => [
      failover(index * hourSeconds, 1_000, 2_000),
      usersGap(index * hourSeconds + 1_800, 100, 200),
    ]).flat();
    const found = over(...year);
    expect(found).toHaveLength(12);
    // No more than those of the last day are retained one by one.
    const given = settled.mock.results.flatMap(({ value }) => value as unknown[]).length;
    expect(given).toBeGreaterThan(2_000 - 30);
    expect(found.map(({ toMs }) => toMs)).toEqual(found.map(({ toMs }) => toMs).toSorted((a, b) => a - b));
    expect(outagesTogether(found)).toMatchObject({
      times: 4_000,
      lastedMs: { atLeast: 2_000 * 1_100, atMost: 2_000 * 2_200 },
    });
    expect(over(...year, acknowledged(2_000 * hourSeconds))).toEqual([]);
    const later = over(
      ...year,
      acknowledged(2_000 * hourSeconds),
      failover(2_001 * hourSeconds, 1_000, 2_000),
    );
    expect(outagesTogether(later)).toMatchObject({ times: 1 });
  });

  it('is told with its bounds', () => {
    const [one] = over(failover(10, 1_840, 3_960));
    expect(outagePredicate(one!)).toBe('had no active LB for 1.8 to 4 s');
    const many = outagesTogether([one!, one!, one!]);
    expect(outagePredicate(many!)).toBe('had no active LB 3 times, 5.5 to 11.9 s in all');
  });
});
