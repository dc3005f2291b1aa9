import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MonitorRun } from '../../../../domain/model/history';
import type { Incident } from '../../../../domain/model/incident';
import { availabilityText } from '../../../../domain/report/availability-export';
import type { AvailabilityRow, ReportFacts } from '../../../../domain/report/report-facts';
import { reportHtml } from '../../../../domain/report/report-html';
import { shownMs, shownRange, shownTimeMs } from '../../../fixtures/words/shown-values';
import { aFailover, noonMs } from '../../../fixtures/history/history-entries';

const hourMs = 3_600_000;
const row: AvailabilityRow = {
  subjectId: 'fra-01',
  kind: 'cluster',
  fromMs: noonMs,
  toMs: noonMs + hourMs,
  name: '=fra, "01"',
  clusterName: null,
  worst: 0.99999,
  best: 1,
  unknownShare: 0.000001,
  availableMs: 3_599_000,
  unavailableMs: 1000,
  unknownMs: 0,
  unmonitoredMs: 0,
  maintenanceMs: 0,
  maintenanceUnavailableMs: 0,
  maintenanceUnknownMs: 0,
  notCountedMs: 0,
  notConfiguredMs: 0,
  outsideHoursMs: 0,
  failovers: 1,
  failbacks: 0,
  longestNoActiveLbMs: { atLeast: 900, atMost: 3100 },
  monitored: { ms: 3_600_000, worst: 0.99999, best: 1 },
};
const run: MonitorRun = {
  startMs: noonMs,
  watchedUntilMs: noonMs + hourMs,
  ended: 'closed',
  version: '1.2.3',
  host: 'desk-1',
  timeZone: 'UTC',
  clockSteps: [],
};
const incident: Incident = {
  id: 1,
  kind: 'failover',
  worst: 'no-active-lb',
  startMs: noonMs,
  endMs: noonMs + 5000,
  clusters: [{ id: 'fra-01', name: 'fra-01' }],
  edges: [],
  moves: 1,
  withoutActiveLbMs: null,
  cause: { kind: 'unknown', evidence: [] },
  observedUntilMs: null,
  rollingUpdate: false,
  eventIds: [1],
};
const facts: ReportFacts = {
  range: { fromMs: noonMs, toMs: noonMs + hourMs },
  madeBy: '1.2.3',
  file: 'history.sqlite',
  runs: [],
  redacted: false,
  covered: { fromMs: noonMs, toMs: noonMs + hourMs },
  proof: { head: 'VERIFIED', sentence: 'Every record is as it was written.', upToMs: null },
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

/** Times and lengths in random places of every field that shows bounds. */
const bounds = fc
  .tuple(fc.nat(3_000_000), fc.nat(3_000_000))
  .map(([a, b]) => ({ atLeast: Math.min(a, b), atMost: Math.max(a, b) }));

/** The cells of the body rows of the table below a heading. */
function cellsBelow(page: string, heading: string): string[][] {
  const section = page.split(`<h2>${heading}</h2>`)[1]?.split('<h2>')[0] ?? '';
  const body = section.split('<tbody>')[1] ?? '';
  return [...body.matchAll(/<tr[^>]*>(.*?)<\/tr\s*>/gs)].map(([, cells = '']) =>
    [...cells.matchAll(/<td[^>]*>(.*?)<\/td\s*>/gs)].map(([, cell = '']) => cell),
  );
}

describe('the bounds in a report', () => {
  it('read outwards', () => {
    const page = reportHtml({
      ...facts,
      availability: [{ ...row, longestNoActiveLbMs: { atLeast: 960, atMost: 3140 } }],
    });
    expect(cellsBelow(page, 'Availability')[0]?.[12]).toBe('0.9 to 3.2 s');
  });

  it('contain what was measured, in every table', () => {
    fc.assert(
      fc.property(bounds, fc.nat(3_600_000), bounds, (length, offMs, bracketMs) => {
        const bracket = { lastOldMs: noonMs + bracketMs.atLeast, firstNewMs: noonMs + bracketMs.atMost };
        const failover = { ...aFailover('fra-01', noonMs), bracket, gapMs: length };
        const page = reportHtml({
          ...facts,
          availability: [{ ...row, longestNoActiveLbMs: length }],
          incidents: [{ ...incident, withoutActiveLbMs: length }],
          events: [{ id: 1, event: failover }],
          gaps: [{ fromMs: noonMs, toMs: noonMs + offMs, reason: 'suspended', words: '', clusterIds: null }],
        });
        const failoverCells = cellsBelow(page, 'Failovers and losses of the active LB')[0] ?? [];
        const incidentCells = cellsBelow(page, 'Incidents')[0] ?? [];
        const gapCells = cellsBelow(page, 'Not monitored')[0] ?? [];
        for (const words of [cellsBelow(page, 'Availability')[0]?.[12], incidentCells[4], failoverCells[4]]) {
          const shown = shownRange(words ?? '');
          expect(shown.atLeastMs).toBeLessThanOrEqual(length.atLeast);
          expect(shown.atMostMs).toBeGreaterThanOrEqual(length.atMost);
        }
        expect(shownTimeMs(failoverCells[2] ?? '')).toBeLessThanOrEqual(bracket.lastOldMs);
        expect(shownTimeMs(failoverCells[3] ?? '')).toBeGreaterThanOrEqual(bracket.firstNewMs);
        expect(shownTimeMs(gapCells[1] ?? '')).toBeGreaterThanOrEqual(noonMs + offMs);
        expect(shownMs(gapCells[2] ?? '')).toBeGreaterThanOrEqual(offMs);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the proof in a report', () => {
  const upTo = (upToMs: number): string =>
    reportHtml({ ...facts, proof: { head: 'VERIFIED UP TO <T>', sentence: 'By key k.', upToMs } });

  it('is the verdict on the file it was made from', () => {
    expect(reportHtml(facts)).toContain('VERIFIED. Every record is as it was written.');
  });

  it('names the moment from which on the report is not proven, where it is in the range', () => {
    expect(upTo(noonMs + hourMs)).not.toContain('not proven');
    expect(upTo(noonMs + 1000)).toMatch(
      /VERIFIED UP TO &lt;T&gt;\. By key k\. What this report shows from .*:01.* on is not proven/,
    );
    expect(upTo(noonMs)).toContain('Nothing in this report is proven.');
  });
});

/** Every UTF-16 unit, lone surrogates and control characters included. */
const anyCharacters = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1 })
  .map((units) => String.fromCharCode(...units));

describe('hostile text in a report', () => {
  /** The tags of a page, with the names of their attributes. */
  const tagsOf = (page: string): string[] =>
    [...page.replace(/<style>.*?<\/style>/s, '').matchAll(/<[^>]*>/g)].map(([tag]) =>
      tag.replace(/"[^"]*"/g, '""').replace(/\s+/g, ' '),
    );

  /** A report with a text in each field that holds one. */
  const withTexts = (text: () => string): ReportFacts => ({
    ...facts,
    madeBy: text(),
    file: text(),
    runs: [{ ...run, host: text() }],
    subjects: [{ id: 'fra-01', name: text(), clusterName: text() }],
    spans: facts.spans.map((span) => ({ ...span, state: text() })),
    gaps: facts.gaps.map((gap) => ({ ...gap, words: text() })),
    availability: [{ ...row, name: text(), clusterName: text() }],
    incidents: [{ ...incident, clusters: [{ id: 'fra-01', name: text() }] }],
    events: [
      {
        id: 1,
        event: {
          ...aFailover('fra-01', noonMs + 2000),
          clusterName: text(),
          fromEdgeName: text(),
          toEdgeName: text(),
          cause: { kind: 'lb-stopped', evidence: [text()] },
          witnesses: [
            {
              witness: 'carp-mib',
              role: 'master',
              said: text(),
              vhid: null,
              advbase: null,
              advskew: null,
              confidence: 1,
              maxAgeMs: 0,
            },
          ],
        },
      },
    ],
  });

  it('changes no tag and no attribute of the page', () => {
    const harmless = tagsOf(reportHtml(withTexts(() => 'text')));
    const hostile = fc.oneof(
      anyCharacters,
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onload='alert(1)",
        '</title></svg><iframe>',
        '&lt;b&gt;',
        '<!--',
        ']]>',
        '${7*7}',
      ),
    );
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 20, maxLength: 20 }), (texts) => {
        let used = 0;
        const page = reportHtml(withTexts(() => texts[used++ % texts.length] ?? ''));
        expect(tagsOf(page)).toEqual(harmless);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a report', () => {
  it('has timeline, brackets, availability, gaps and method, and nothing that could run or be loaded', () => {
    const html = reportHtml(facts);
    for (const heading of ['Timeline', 'Availability', 'Incidents', 'Evidence', 'Not monitored', 'Method'])
      expect(html).toContain(`<h2>${heading}</h2>`);
    expect(html).toContain('class="bracket"');
    expect(html).toContain('class="s-no-active-lb"');
    expect(html).toContain('&lt;fra&gt;');
    expect(html).toContain('asleep &amp; away');
    expect(html).toContain('0.9 to 3.1 s');
    expect(html).not.toMatch(/<script|<link|<img|style="|src=|https?:/);
  });

  it('begins with a page for customers: title, logo, the least available cluster, interruptions', () => {
    const logo = { type: 'image/png' as const, base64: 'iVBORw0KGgo=' };
    const cut = { ...incident, withoutActiveLbMs: { atLeast: 900, atMost: 3100 } };
    const page = reportHtml({ ...facts, incidents: [cut, incident] }, { title: 'ACME <Q4>', logo });
    const [first = '', behind = ''] = page.split('<section class="annex">');
    expect(first).toContain('<h1>ACME &lt;Q4&gt;</h1>');
    expect(first).toContain('src="data:image/png;base64,iVBORw0KGgo="');
    expect(first).toContain('served users for 99.999 % to 100.000 % of the time that was monitored');
    expect(first).toContain('1 incident interrupted users.');
    expect(first).toContain('1 other incident: see the annex.');
    expect(cellsBelow(first, 'Interruptions')).toHaveLength(1);
    expect(cellsBelow(behind, 'Incidents')).toHaveLength(2);
    expect(reportHtml({ ...facts, availability: [] })).toContain('no availability can be given');
  });

  it('names roles and witnesses in words', () => {
    const page = reportHtml(facts);
    expect(page).not.toMatch(/carp-extend|carp-mib|keepalived-mib/);
  });

  it('says which part of the range availability is given for', () => {
    expect(reportHtml(facts)).not.toContain('The history covers');
    const part = { fromMs: noonMs + 1000, toMs: noonMs + 2000 };
    expect(reportHtml({ ...facts, covered: part })).toContain(
      'The history covers 2026-11-22 12:00:01.0 to 2026-11-22 12:00:02.0 UTC of this range.',
    );
    expect(reportHtml({ ...facts, covered: null })).toContain('covers nothing of this range');
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

  it('exports bounds that are rounded outwards', () => {
    const part = { ...row, worst: 0.999_999_999_9, best: 0.000_000_000_1, unknownShare: 0.000_000_000_1 };
    const [json] = JSON.parse(availabilityText('json', { ...facts, availability: [part] })) as object[];
    expect(json).toMatchObject({
      availability_worst_percent: 99.999_999,
      availability_best_percent: 0.000_001,
      unknown_percent: 0.000_001,
    });
  });
});
