import { describe, expect, it } from 'vitest';
import type { HeronEvent } from '../../../../domain/model/event';
import type { Cell } from '../../../../domain/report/table-text';
import type { AskedQuestion, AuditAnswer } from '../../../../domain/contract/audit-question';
import { readAnswer } from '../../../../monitor/usecases/audit-questions';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { aFailover, anInventory, noonMs } from '../../../fixtures/history/history-entries';

const hourMs = 3_600_000;
const inventory = anInventory();
const [cluster] = inventory.clusters;
const clusterId = cluster?.id ?? '';
const [first, second] = cluster?.edges ?? [];

const role: HeronEvent = {
  type: 'lb-role',
  timeMs: noonMs + 2000,
  recordedAtMs: noonMs + 2050,
  clusterId,
  clusterName: 'fra-01',
  edgeId: first?.id ?? '',
  edgeName: 'fra-01-01',
  from: 'backup',
  to: 'master',
  bracket: { lastOldMs: noonMs + 1000, firstNewMs: noonMs + 2000 },
  reasons: [],
  witnesses: [],
};
const note: HeronEvent = {
  type: 'note',
  timeMs: noonMs - 24 * hourMs,
  recordedAtMs: noonMs + 3000,
  clusterId: null,
  clusterName: null,
  about: { kind: 'time', fromMs: noonMs - 24 * hourMs, toMs: noonMs - 23 * hourMs },
  author: 'ann',
  text: 'The provider worked on the line.',
  replaces: null,
  withdrawn: false,
};
const acknowledged: HeronEvent = {
  type: 'acknowledged',
  timeMs: noonMs + 4000,
  recordedAtMs: noonMs + 4000,
  clusterId,
  clusterName: 'fra-01',
  by: 'ben',
  words: 'ticket 7',
  health: 'down',
  ended: null,
};

const ofAlert = {
  ...{ clusterId, clusterName: 'fra-01', edgeId: null, edgeName: null, alertId: 'no-active-lb-1-1' },
  ...{ rule: 'no-active-lb' as const, severity: 'critical' as const, groupId: 'group-1', suppressed: 1 },
  ...{ words: 'Users are cut off.', detail: 'No LB is active.' },
};
const evidence = {
  bracket: { lastOldMs: noonMs + 5000, firstNewMs: noonMs + 6000 },
  cause: { kind: 'lb-stopped' as const, evidence: [] },
  witnesses: [],
  detectionMs: { atLeast: 2000, atMost: 3000 },
};
const silence = { silenceId: 'silence-1', timeMs: noonMs + 9000, recordedAtMs: noonMs + 9000 };
const ofAlerts: HeronEvent[] = [
  { type: 'alert', timeMs: noonMs + 6000, recordedAtMs: noonMs + 8000, ...ofAlert, ...evidence },
  {
    ...{ type: 'acknowledged', timeMs: noonMs + 8500, recordedAtMs: noonMs + 8500, clusterId },
    ...{ clusterName: 'fra-01', by: 'ben', words: 'On it.', health: 'no-active-lb', ended: null },
    alerts: {
      ...{ alertIds: [ofAlert.alertId], until: { kind: 'time', atMs: noonMs + hourMs } },
      ...{ sticky: true, assignee: 'field' },
    },
  },
  {
    ...{ type: 'alert-changed', phase: 'escalated', timeMs: noonMs + 9000, recordedAtMs: noonMs + 9000 },
    ...{ openedMs: noonMs + 8000, ...ofAlert, ...evidence },
  },
  {
    ...{ type: 'alert-cleared', timeMs: noonMs + 9500, recordedAtMs: noonMs + 9500, ...ofAlert },
    ...{ openedMs: noonMs + 8000, ended: 'recovered', isOver: true },
    symptoms: [
      {
        ...{ rule: 'edge-down', clusterId, clusterName: 'fra-01', edgeId: 'e1', edgeName: 'fra-01-01' },
        ...{ words: 'It is down.', sinceMs: noonMs },
      },
    ],
  },
  {
    ...{ type: 'silence', ...silence, matcher: { cluster: 'fra-*', rule: 'cpu' }, author: 'ann' },
    ...{ text: 'Patches.', endsMs: noonMs + hourMs },
  },
  {
    type: 'silence-ended',
    ...silence,
    timeMs: noonMs + 11_000,
    recordedAtMs: noonMs + 11_000,
    by: 'ben',
    held: 2,
  },
  {
    ...{ type: 'silence', ...silence, silenceId: 'silence-2', matcher: { rule: 'disk' }, author: 'ann' },
    // Later than any date of JavaScript, which a file may claim.
    ...{ text: 'For ever.', endsMs: 9e15 },
  },
];

let nowMs = noonMs;

async function aHistory(more: HeronEvent[] = []): Promise<FakeHistory> {
  nowMs = noonMs;
  const history = new FakeHistory(() => nowMs);
  await history.putInventory(inventory, noonMs);
  const moved = structuredClone(inventory);
  const [changed] = moved.clusters;
  if (changed) changed.defaultGateway = '10.20.0.2';
  await history.putInventory(moved, noonMs + 5000);
  nowMs = noonMs + hourMs;
  await history.write({
    samples: [],
    events: [role, note, acknowledged, aFailover(clusterId, noonMs + 6000), ...more],
    spans: [
      { kind: 'cluster-health', subjectId: clusterId, state: 'up', fromMs: noonMs, reasons: [] },
      { kind: 'edge-health', subjectId: second?.id ?? '', state: 'up', fromMs: noonMs, reasons: [] },
    ],
  });
  await history.close();
  return history;
}

type Scope = Partial<Omit<AskedQuestion, 'question'>>;

async function answerOf(
  question: AskedQuestion['question'],
  scope: Scope = {},
  limit = 100,
): Promise<AuditAnswer> {
  const asked: AskedQuestion = {
    question,
    range: { fromMs: noonMs, toMs: noonMs + hourMs },
    clusterIds: null,
    atMs: noonMs,
    targetPercent: null,
    monthly: false,
    zone: null,
    calendar: null,
    ...scope,
  };
  const answer = await readAnswer(
    await aHistory(/^(alerts|silences)$/.test(question) ? ofAlerts : []),
    asked,
    limit,
  );
  for (const cells of answer.rows) expect(cells).toHaveLength(answer.columns.length);
  expect(answer.columns).toEqual(expect.arrayContaining([...answer.shown, answer.recordedColumn]));
  return answer;
}

async function ask(
  question: AskedQuestion['question'],
  scope: Scope = {},
): Promise<Record<string, Cell | undefined>[]> {
  const { columns, rows } = await answerOf(question, scope);
  return rows.map((cells) => Object.fromEntries(columns.map((name, index) => [name, cells[index]])));
}

describe('the questions of auditors', () => {
  it('name the active LB of each cluster', async () => {
    expect(await ask('active-lb', { atMs: noonMs + 10_000 })).toMatchObject([
      { at_utc: '2026-11-22T12:00:10.000Z', cluster: 'fra-01', cluster_state: 'up' },
    ]);
  });

  it('list role changes and failovers whose bracket touches the range', async () => {
    const range = { fromMs: noonMs + 1500, toMs: noonMs + 1600 };
    expect(await ask('role-changes', { range })).toMatchObject([
      {
        event: 1,
        edge: 'fra-01-01',
        from_role: 'backup',
        to_role: 'master',
        last_reading_of_old_role_utc: '2026-11-22T12:00:01.000Z',
      },
    ]);
    expect(await ask('role-changes', { range: { fromMs: noonMs + 3000, toMs: noonMs + 4000 } })).toEqual([]);
    expect(await ask('role-changes', { clusterIds: ['another'] })).toEqual([]);
    expect(await ask('failovers')).toMatchObject([{ event: 4, without_active_lb_at_most_ms: 3000 }]);
  });

  it('list notes and acknowledgements with their authors, when they were recorded and what they are about', async () => {
    expect(await ask('notes')).toMatchObject([
      { event: 2, type: 'note', author: 'ann', about: 'time', to_utc: '2026-11-21T13:00:00.000Z' },
      { event: 3, type: 'acknowledged', author: 'ben', text: 'ticket 7', state: 'down' },
    ]);
    const before = { fromMs: noonMs - 24 * hourMs, toMs: noonMs - 23 * hourMs };
    expect(await ask('notes', { range: before })).toMatchObject([{ event: 2 }]);
  });

  it('list each changed field of the configuration, before and after', async () => {
    const rows = await ask('configuration');
    expect(rows.at(-1)).toMatchObject({
      at_utc: '2026-11-22T12:00:05.000Z',
      entry: 'cluster "fra-01"',
      before: '10.20.0.1',
      after: '10.20.0.2',
    });
    expect(rows[0]).toMatchObject({ at_utc: '2026-11-22T12:00:00.000Z', before: null });
    const range = { fromMs: noonMs + 1, toMs: noonMs + hourMs };
    expect(await ask('configuration', { range })).toHaveLength(1);
  });

  it('list acknowledgements with their authors', async () => {
    expect(await ask('acknowledgements')).toMatchObject([
      { event: 3, type: 'acknowledged', author: 'ben', text: 'ticket 7', at_utc: '2026-11-22T12:00:04.000Z' },
    ]);
  });

  it('list what alerted and cleared with its evidence, and who acknowledged it until when', async () => {
    const rows = await ask('alerts');
    expect(rows.map(({ type }) => type)).toEqual([
      'opened',
      'acknowledged',
      'escalated',
      'cleared (recovered), not acknowledged',
    ]);
    expect(rows[0]).toMatchObject({
      ...{ cluster: 'fra-01', edge: null, rule: 'no-active-lb', severity: 'critical' },
      ...{ text: 'Users are cut off. No LB is active.', cause: 'lb-stopped', suppressed: 1 },
      ...{ began_utc: '2026-11-22T12:00:06.000Z', at_utc: '2026-11-22T12:00:08.000Z' },
      ...{ last_reading_of_old_state_utc: '2026-11-22T12:00:05.000Z', detection_at_most_ms: 3000 },
    });
    expect(rows[1]).toMatchObject({
      ...{ author: 'ben', text: 'On it.', assignee: 'field', alert: 'no-active-lb-1-1' },
      until: '2026-11-22T13:00:00.000Z, sticky',
    });
    expect(rows[3]).toMatchObject({ symptoms: 'edge-down of fra-01-01' });
    expect(await ask('alerts', { clusterIds: ['another'] })).toEqual([]);
  });

  it('list silences with author, reason, end, and what they held back', async () => {
    expect(await ask('silences')).toMatchObject([
      {
        ...{ type: 'silenced', matches: 'rule cpu, cluster fra-*', author: 'ann', text: 'Patches.' },
        ...{ at_utc: '2026-11-22T12:00:09.000Z', until_utc: '2026-11-22T13:00:00.000Z' },
      },
      { type: 'ended by hand', author: 'ben', held: 2, silence: 'silence-1' },
      { type: 'silenced', text: 'For ever.', until_utc: '9000000000000000 ms' },
    ]);
    expect(await ask('silences', { zone: 'Asia/Tokyo' })).toMatchObject([
      { until_local: '2026-11-22T22:00:00.000+09:00' },
      { until_local: null },
      { until_local: '9000000000000000 ms' },
    ]);
    const late = { fromMs: noonMs + 10_500, toMs: noonMs + hourMs };
    expect(await ask('silences', { range: late })).toMatchObject([{ type: 'ended by hand' }]);
  });

  it('list the configuration of chosen clusters and of their edges', async () => {
    const rows = await ask('configuration', { clusterIds: [clusterId] });
    expect(rows.length).toBeGreaterThan(1);
    expect(new Set(rows.map(({ entry }) => entry))).toEqual(
      new Set(['cluster "fra-01"', 'edge "fra-01-01"', 'edge "fra-01-02"']),
    );
    expect(rows.map(({ field }) => field)).not.toEqual(expect.arrayContaining(['id']));
    expect(await ask('configuration', { clusterIds: ['another'] })).toEqual([]);
  });

  it('give local times beside UTC, with the zone', async () => {
    const [row] = await ask('failovers', { zone: 'America/New_York' });
    expect(row).toMatchObject({
      recorded_utc: '2026-11-22T12:00:06.020Z',
      recorded_local: '2026-11-22T07:00:06.020-05:00',
      zone: 'America/New_York',
    });
    expect((await answerOf('failovers', { zone: 'UTC' })).shown).toContain(
      'first_reading_of_new_state_local',
    );
  });

  it('say where an answer was cut', async () => {
    expect(await answerOf('configuration', {}, 3)).toMatchObject({ cut: true, rows: { length: 3 } });
    expect((await answerOf('failovers', {}, 1)).cut).toBe(false);
  });

  it('list what was not monitored, and give availability for what the file covers, and say so', async () => {
    const range = { fromMs: noonMs - 3 * hourMs, toMs: noonMs + 2 * hourMs };
    expect(await ask('gaps', { range })).toMatchObject([
      { length_ms: 3 * hourMs, reason: 'not-running' },
      {},
    ]);
    const { notes } = await answerOf('availability', { range });
    expect(notes).toEqual([
      'The file covers 2026-11-22 12:00:00 to 2026-11-22 13:00:00 UTC. Earlier and later time is left out: it counts neither as up nor as down.',
    ]);
    const [row] = await ask('availability', { range, targetPercent: 99.9 });
    expect(row).toMatchObject({
      cluster: 'fra-01',
      from_utc: '2026-11-22T12:00:00.000Z',
      to_utc: '2026-11-22T13:00:00.000Z',
      availability_worst_percent: 99.916666,
      availability_best_percent: 100,
      monitored_ms: hourMs,
      target_met: 'yes',
      error_budget_ms: 3600,
      error_budget_used_at_least_ms: 0,
      error_budget_used_at_most_ms: 3000,
      error_budget_left_at_least_ms: 600,
      error_budget_left_at_most_ms: 3600,
    });
    const never = { fromMs: noonMs - 3 * hourMs, toMs: noonMs - hourMs };
    expect(await answerOf('availability', { range: never })).toMatchObject({
      rows: [],
      notes: [expect.stringContaining('Nothing of the range is in it.')],
    });
  });

  it('give availability for months of a zone, and for the hours of a calendar without its holidays', async () => {
    const hours = [{ days: [7], fromMinute: 13 * 60, toMinute: 13 * 60 + 30 }];
    const holidays = [{ date: '11-23', name: 'a Monday' }];
    const calendar = { zone: 'Europe/Berlin', hours, holidays };
    const [row] = await ask('availability', { calendar, targetPercent: 99 });
    expect(row).toMatchObject({
      monitored_ms: hourMs / 2,
      outside_hours_ms: hourMs / 2,
      error_budget_ms: 18_000,
    });
    const { notes } = await answerOf('availability', { calendar });
    expect(notes).toEqual(['Only these hours count: Sun 13:00-13:30, Europe/Berlin, without 1 holiday.']);
  });
});
