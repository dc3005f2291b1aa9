import { describe, expect, it } from 'vitest';
import type { HeronEvent } from '../../../../domain/model/event';
import type { Cell } from '../../../../domain/report/table-text';
import {
  auditQuestions,
  monthsOf,
  type AuditQuestion,
  type QuestionScope,
} from '../../../../monitor/usecases/audit-questions';
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

let nowMs = noonMs;

async function aHistory(): Promise<FakeHistory> {
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
    events: [role, note, acknowledged, aFailover(clusterId, noonMs + 6000)],
    spans: [
      { kind: 'cluster-health', subjectId: clusterId, state: 'up', fromMs: noonMs, reasons: [] },
      { kind: 'edge-health', subjectId: second?.id ?? '', state: 'up', fromMs: noonMs, reasons: [] },
    ],
  });
  await history.close();
  return history;
}

async function ask(
  what: AuditQuestion,
  scope: Partial<QuestionScope> = {},
): Promise<Record<string, Cell | undefined>[]> {
  const range = { fromMs: noonMs, toMs: noonMs + hourMs };
  const all = { range, clusterIds: null, atMs: noonMs, targetPercent: null, monthly: false, ...scope };
  const { columns, rows } = auditQuestions[what](await aHistory(), all);
  const found: Record<string, Cell | undefined>[] = [];
  for await (const cells of rows) {
    expect(cells).toHaveLength(columns.length);
    found.push(Object.fromEntries(columns.map((name, index) => [name, cells[index]])));
  }
  return found;
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

  it('list what was not monitored, and tell availability of the monitored time beside that of the range', async () => {
    const range = { fromMs: noonMs - 3 * hourMs, toMs: noonMs + hourMs };
    expect(await ask('gaps', { range })).toMatchObject([{ length_ms: 3 * hourMs, reason: 'not-running' }]);
    const [row] = await ask('availability', { range, targetPercent: 99.9 });
    expect(row).toMatchObject({
      cluster: 'fra-01',
      availability_worst_percent: 25,
      availability_best_percent: 100,
      monitored_ms: hourMs,
      monitored_availability_worst_percent: 100,
      target_met: 'undecided',
      error_budget_ms: 14_400,
      error_budget_used_at_least_ms: 0,
      error_budget_used_at_most_ms: 3 * hourMs,
    });
  });

  it('cut a range at the beginnings of months', () => {
    const range = { fromMs: Date.UTC(2026, 10, 22), toMs: Date.UTC(2027, 1, 1) };
    expect(monthsOf(range).map(({ fromMs }) => new Date(fromMs).toISOString().slice(0, 10))).toEqual([
      '2026-11-22',
      '2026-12-01',
      '2027-01-01',
    ]);
  });
});
