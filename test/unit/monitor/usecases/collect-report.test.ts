import { describe, expect, it } from 'vitest';
import type { HeronEvent } from '../../../../domain/model/event';
import { reportHtml } from '../../../../domain/report/report-html';
import { collectReport } from '../../../../monitor/usecases/collect-report';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { aFailover, aFlapping, anInventory, noonMs } from '../../../fixtures/history/history-entries';

const minuteMs = 60_000;
const range = { fromMs: noonMs - minuteMs, toMs: noonMs + 30_000 * minuteMs };
const scope = {
  range,
  clusterIds: null,
  redacted: false,
  file: 'h.sqlite',
  version: '1',
  proof: { head: 'UNSIGNED', sentence: '', upToMs: null },
};

async function reportOfEvents(events: HeronEvent[]): ReturnType<typeof collectReport> {
  const history = new FakeHistory(() => noonMs);
  await history.putInventory(anInventory(), noonMs);
  await history.write({ spans: [], samples: [], events });
  return collectReport(history, scope);
}

describe('a report', () => {
  it('has the failover that 20,500 later events follow', async () => {
    const noise = Array.from({ length: 20_500 }, (_, n) => aFlapping('b', noonMs + minuteMs + n * 1000));
    const facts = await reportOfEvents([aFailover('a', noonMs), ...noise]);
    expect(facts.events).toMatchObject([{ event: { type: 'failover', timeMs: noonMs } }]);
    expect(facts.incidents.at(-1)).toMatchObject({ kind: 'failover', startMs: noonMs });
    expect(reportHtml(facts)).toContain('A</td>');
  });

  it('has every one of 700 failovers and incidents, and every role change', async () => {
    const failovers = Array.from({ length: 700 }, (_, n) =>
      aFailover('a', noonMs + (1 + 10 * n) * minuteMs, n % 2 ? 'failback' : 'failover'),
    );
    const role: HeronEvent = {
      type: 'lb-role',
      timeMs: noonMs,
      recordedAtMs: noonMs,
      clusterId: 'a',
      clusterName: 'A',
      edgeId: 'a-01',
      edgeName: 'a-01',
      from: 'backup',
      to: 'master',
      bracket: { lastOldMs: noonMs - 150, firstNewMs: noonMs - 149 },
      reasons: [],
      witnesses: [],
    };
    const facts = await reportOfEvents([role, ...failovers]);
    expect(facts.events).toHaveLength(701);
    expect(facts.incidents).toHaveLength(701 - 1);
    const page = reportHtml(facts);
    expect(page.split('<h3>')).toHaveLength(701);
    expect(page).toMatch(
      /A \/ a-01<\/td>.*BACKUP<\/td>.*MASTER<\/td>.*11:59:59\.8<\/td>.*11:59:59\.9<\/td>/s,
    );
  });

  it('has clusters and edges that were configured only within the range', async () => {
    let nowMs = noonMs;
    const history = new FakeHistory(() => nowMs);
    const [before, within] = [anInventory('fra-01'), anInventory('ams-01')];
    await history.putInventory(before, noonMs);
    await history.putInventory(within, noonMs + minuteMs);
    await history.putInventory({ ...before, clusters: [] }, noonMs + 2 * minuteMs);
    nowMs = noonMs + 3 * minuteMs;
    await history.write({ spans: [], samples: [], events: [aFailover('a', nowMs)] });
    const { subjects, availability, covered } = await collectReport(history, scope);
    expect(subjects.map(({ name }) => name)).toEqual(['fra-01', 'lab-01', 'ams-01']);
    expect(availability.find(({ name }) => name === 'ams-01-02')).toMatchObject({
      notConfiguredMs: 2 * minuteMs,
    });
    expect(covered).toEqual({ fromMs: noonMs, toMs: nowMs });
  });
});
