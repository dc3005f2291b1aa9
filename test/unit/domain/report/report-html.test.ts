import { describe, expect, it } from 'vitest';
import { availabilityText } from '../../../../domain/report/availability-export';
import type { AvailabilityRow, ReportFacts } from '../../../../domain/report/report-facts';
import { reportHtml } from '../../../../domain/report/report-html';
import { lengthWords, percent, spanWords } from '../../../../domain/report/report-words';
import { aFailover, noonMs } from '../../../fixtures/history/history-entries';

const hourMs = 3_600_000;
const row: AvailabilityRow = {
  subjectId: 'fra-01',
  kind: 'cluster',
  name: '=fra, "01"',
  clusterName: null,
  worst: 0.99999,
  best: 1,
  unknownShare: 0.000001,
  availableMs: 3_599_000,
  unavailableMs: 1000,
  unknownMs: 0,
  notCountedMs: 0,
  failovers: 1,
  failbacks: 0,
  longestNoActiveLbMs: { atLeast: 900, atMost: 3100 },
};
const facts: ReportFacts = {
  range: { fromMs: noonMs, toMs: noonMs + hourMs },
  madeMs: noonMs + 2 * hourMs,
  madeBy: '1.2.3',
  file: 'history.sqlite',
  runs: [],
  redacted: false,
  subjects: [{ id: 'fra-01', name: '<fra>', clusterName: null }],
  spans: [
    {
      kind: 'cluster-health',
      subjectId: 'fra-01',
      state: 'up',
      fromMs: noonMs,
      toMs: noonMs + 1000,
      reasons: null,
    },
    {
      kind: 'cluster-health',
      subjectId: 'fra-01',
      state: 'no-active-lb',
      fromMs: noonMs + 1000,
      toMs: null,
      reasons: null,
    },
  ],
  gaps: [
    { fromMs: noonMs, toMs: noonMs + 500, reason: 'suspended', words: 'asleep & away', clusterIds: null },
  ],
  availability: [row],
  incidents: [],
  events: [{ id: 1, event: aFailover('fra-01', noonMs + 2000) }],
};

describe('a report', () => {
  it('never makes a bound look better than it is', () => {
    expect(percent(0.999999, 'down')).toBe('99.999 %');
    expect(percent(0.000001, 'up')).toBe('0.001 %');
    expect(percent(1, 'down')).toBe('100.000 %');
    expect(percent(null, 'up')).toBe('not counted');
    expect(spanWords({ atLeast: 900, atMost: 3100 })).toBe('0.9 to 3.1 s');
    expect(lengthWords(171_000)).toBe('2 m 51 s');
  });

  it('has timeline, brackets, availability, gaps and method, and nothing that could run or be loaded', () => {
    const html = reportHtml(facts);
    for (const heading of [
      'Timeline',
      'Availability',
      'Incidents',
      'Evidence',
      'When nobody watched',
      'Method',
    ])
      expect(html).toContain(`<h2>${heading}</h2>`);
    expect(html).toContain('class="bracket"');
    expect(html).toContain('class="s-no-active-lb"');
    expect(html).toContain('&lt;fra&gt;');
    expect(html).toContain('asleep &amp; away');
    expect(html).toContain('0.9 to 3.1 s');
    expect(html).not.toMatch(/<script|<link|<img|style="|src=|https?:/);
  });

  it('exports units and UTC in the names, empty where nothing is known, and no formula', () => {
    const csv = availabilityText('csv', facts).split('\r\n');
    expect(csv[0]).toContain('from_utc,to_utc,availability_worst_percent');
    expect(csv[1]).toContain(`"'=fra, ""01""",,2026-11-22T12:00:00.000Z`);
    const [json] = JSON.parse(availabilityText('json', facts)) as Record<string, unknown>[];
    expect(json).toMatchObject({
      availability_worst_percent: 99.999,
      longest_without_active_lb_at_most_ms: 3100,
      edge: null,
    });
  });
});
