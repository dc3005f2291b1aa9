import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incidentsOf } from '../../../../domain/incidents/incident-record';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import type { RecordedEvent } from '../../../../domain/model/event';
import { longer, type TimeSpan } from '../../../../domain/model/time-span';
import { isProblem } from '../../../../domain/model/health';
import type { TimeRange } from '../../../../domain/model/history';
import { covering } from '../../../../domain/past/overlay';
import { reportHtml } from '../../../../domain/report/report-html';
import type { Cell } from '../../../../domain/report/table-text';
import { durationRange } from '../../../../domain/words/duration';
import { startPipeline } from '../../../../monitor/pipeline/pipeline';
import { readAnswer } from '../../../../monitor/usecases/audit-questions';
import { collectReport } from '../../../../monitor/usecases/collect-report';
import { listIncidents } from '../../../../monitor/usecases/list-incidents';
import { watchLine } from '../../../../cli/watch/watch-line';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const second = 1_000;
const lastSecond = 180;
const edgeCount = 3;

function anInventory(): Inventory {
  const cluster = {
    name: 'a',
    clusterIp: '10.1.0.100',
    subnetMask: '255.255.255.0',
    defaultGateway: '10.1.0.1',
    edges: Array.from({ length: edgeCount }, (_, n) => ({
      name: `a${n + 1}`,
      proxyIp: `10.1.0.${n + 10}`,
      managementIp: `10.1.1.${n + 10}`,
      snmp: { credential: 'noc' },
      http: {},
    })),
  };
  return identifyInventory(inventoryFileSchema.parse({ clusters: [cluster] }), null);
}

type Kind = 'master' | 'backup' | 'init' | 'no-http' | 'silent';
interface Moment {
  atSecond: number;
  kind: Kind;
}

/** What an edge does: moments far enough apart for every state to be read, with the state before the first reading. */
function asScript(first: Kind, moments: readonly Moment[]): FakeMoment[] {
  let role: 'master' | 'backup' | 'init' = first === 'master' ? 'master' : 'backup';
  return [{ atSecond: 0, kind: first }, ...moments].map(({ atSecond, kind }) => {
    if (kind === 'master' || kind === 'backup' || kind === 'init') role = kind;
    const page = { code: 'timeout', words: 'no page' } as const;
    const fromMs = atSecond * second;
    if (kind === 'silent') return { fromMs, snmp: 'silent', http: page };
    return { fromMs, snmp: 'answers', latencyMs: 20, role, ...(kind === 'no-http' ? { http: page } : {}) };
  });
}

/** Runs the pipeline over a world, and collects what every consumer says of it. */
async function watched(scripts: readonly FakeMoment[][], healthIntervalMs = 5 * second) {
  const clock = new FakeClock();
  const source = new FakeSource(clock);
  const inventory = anInventory();
  const cluster = inventory.clusters[0];
  if (!cluster) throw new Error('there is a cluster');
  cluster.edges.forEach(({ id }, index) => source.script(id, scripts[index] ?? []));
  const startMs = clock.nowMs();
  const history = new FakeHistory(() => clock.nowMs());
  await history.putInventory(inventory, startMs);
  const pipeline = await startPipeline({
    inventory,
    source,
    history,
    clock,
    healthIntervalMs,
    roleIntervalMs: second,
    version: 'test',
    random: () => 0.5,
  });
  await clock.pass(Math.max(lastSecond * second, 36 * healthIntervalMs));
  const shown = pipeline.snapshot().clusters[0];
  await pipeline.stop();
  const range = { fromMs: startMs, toMs: (await history.coverage())?.lastMs ?? 0 };
  const [availability] = await history.availability({ subjectIds: [cluster.id], ...range });
  const events = await history.events({ clusterId: null, types: null, beforeId: null, limit: 10_000 });
  const scope = { range, clusterIds: null, redacted: false, file: 'h', version: '1' };
  const report = await collectReport(history, {
    ...scope,
    proof: { head: 'UNSIGNED', sentence: '', upToMs: null },
  });
  const asked = {
    range,
    atMs: range.toMs,
    clusterIds: null,
    zone: null,
    calendar: null,
    monthly: false,
    targetPercent: null,
  };
  if (!availability || !shown) throw new Error('the cluster was monitored');
  return {
    startMs,
    lengthMs: range.toMs - range.fromMs,
    events: events.toReversed(),
    availability,
    shown,
    report,
    outages: await history.outages({ clusterIds: [cluster.id], ...range }),
    incidents: incidentsOf(events, range.toMs),
    listed: await listIncidents(
      history,
      { clusterId: cluster.id, fromMs: null, toMs: null, beforeId: null, limit: 500 },
      range.toMs,
    ),
    audited: {
      availability: await readAnswer(history, { ...asked, question: 'availability' }, 100),
      failovers: await readAnswer(history, { ...asked, question: 'failovers' }, 1000),
    },
  };
}
type Watched = Awaited<ReturnType<typeof watched>>;

function longestOf(spans: readonly (TimeSpan | null)[]): TimeSpan | null {
  return spans.reduce(longer, null);
}

/** How much time these cover. */
function lengthOf(times: readonly TimeRange[]): number {
  const range = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  return covering(range, times, true).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

function cellsOf({ columns, rows }: { columns: readonly string[]; rows: readonly (readonly Cell[])[] }) {
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
}

/** The same fault has the same figures wherever it is shown. */
function expectOneAccount({
  shown,
  events,
  availability,
  report,
  outages,
  incidents,
  listed,
  audited,
}: Watched): void {
  const longest = longestOf(outages.map(({ lengthMs }) => lengthMs));
  expect(availability.longestNoActiveLbMs).toEqual(longest);
  expect(longestOf(incidents.map(({ withoutActiveLbMs }) => withoutActiveLbMs))).toEqual(longest);
  // A gap of Heron's own network may concern no cluster in particular.
  expect(listed.incidents).toEqual(incidents.filter(({ clusters }) => clusters.length > 0));
  expect(report.incidents).toEqual(incidents);
  // An incident is open while the table shows a problem, and no longer.
  const isOpen = incidents.some(({ endMs, clusters }) => endMs === null && clusters.length > 0);
  expect(isOpen).toBe(isProblem(shown.health));

  expect(availability.unavailableMs).toBe(lengthOf(outages.flatMap(({ certain }) => certain)));
  const [most] = outages.map(({ lengthMs }) => lengthMs.atLeast).sort((a, b) => b - a);
  expect(availability.unavailableMs).toBeGreaterThanOrEqual(most ?? 0);

  const row = report.availability.find(({ subjectId }) => subjectId === availability.subjectId);
  expect(row).toMatchObject(availability);
  const [cells] = cellsOf(audited.availability);
  expect(cells).toMatchObject({
    unavailable_ms: availability.unavailableMs,
    longest_without_active_lb_at_least_ms: longest?.atLeast ?? null,
    longest_without_active_lb_at_most_ms: longest?.atMost ?? null,
  });
  const html = reportHtml(report);
  if (longest) expect(html).toContain(durationRange(longest.atLeast, longest.atMost));
  expectMoves(events, cellsOf(audited.failovers), html);
}

/** A failover has the bounds of its event in every line, table and incident. */
function expectMoves(
  events: readonly RecordedEvent[],
  rows: readonly Record<string, Cell | undefined>[],
  html: string,
): void {
  for (const { id, event } of events) {
    if (event.type !== 'failover' && event.type !== 'failback') continue;
    expect(rows.find((cells) => cells['event'] === id)).toMatchObject({
      without_active_lb_at_least_ms: event.gapMs.atLeast,
      without_active_lb_at_most_ms: event.gapMs.atMost,
    });
    expect(watchLine(event)).toMatchObject({ gapMs: event.gapMs });
    expect(html).toContain(durationRange(event.gapMs.atLeast, event.gapMs.atMost));
  }
}

/** When the truth was that no LB was active, or no edge served: milliseconds of the first `toMs`. */
function trulyCutMs(scripts: readonly FakeMoment[][], toMs: number): number {
  let cutMs = 0;
  for (let ms = 0; ms < toMs; ms += 100) {
    const now = scripts.map((script) => script.findLast((moment) => moment.fromMs <= ms));
    const isActive = now.some((moment) => moment?.role === 'master');
    const isServed = now.some((moment) => moment?.http === undefined);
    if (!isActive || !isServed) cutMs += 100;
  }
  return cutMs;
}

/** The times in which truly no edge served, from the first reading on. */
function unservedTimes(scripts: readonly FakeMoment[][], toMs: number): TimeRange[] {
  const times: TimeRange[] = [];
  for (let ms = 0; ms < toMs; ms += 100) {
    const isServed = scripts.some(
      (script) => script.findLast(({ fromMs }) => fromMs <= ms)?.http === undefined,
    );
    if (isServed) continue;
    const last = times.at(-1);
    if (last?.toMs === ms) last.toMs = ms + 100;
    else times.push({ fromMs: ms, toMs: ms + 100 });
  }
  return times;
}

function overlaps(one: TimeRange, other: TimeRange): boolean {
  return one.fromMs < other.toMs && other.fromMs < one.toMs;
}

const kinds = (names: readonly Kind[]) =>
  fc.array(
    fc.array(fc.record({ step: fc.integer({ min: 1, max: 13 }), kind: fc.constantFrom(...names) }), {
      maxLength: 5,
    }),
    { minLength: edgeCount, maxLength: edgeCount },
  );

/**
 * Each state lasts at least twelve seconds, or as many polls as fit into that at the default interval: long enough for two full polls,
 * which show that a page is missing.
 */
function scriptsOf(
  steps: readonly { step: number; kind: Kind }[][],
  healthIntervalMs = 5 * second,
): FakeMoment[][] {
  const stepSeconds = Math.max(12, (12 * healthIntervalMs) / (5 * second));
  return steps.map((moments, index) => {
    const seconds = new Map(moments.map(({ step, kind }) => [step * stepSeconds, kind]));
    const inOrder = [...seconds].map(([atSecond, kind]) => ({ atSecond, kind }));
    return asScript(
      index === 0 ? 'master' : 'backup',
      inOrder.sort((a, b) => a.atSecond - b.atSecond),
    );
  });
}

describe('one account of each fault', () => {
  it('in every screen, file, report and line, whatever the edges do', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(kinds(['master', 'backup', 'init', 'no-http', 'silent']), async (steps) => {
        expectOneAccount(await watched(scriptsOf(steps)));
      }),
      { numRuns: 40 },
    );
  });

  it.each([1, 5, 30, 120])(
    'whose outages have true bounds at full polls every %d s',
    { timeout: 120_000 },
    async (intervalSeconds) => {
      let found = 0;
      // The last edge is lost a moment before the first one serves again.
      const staggered: { step: number; kind: Kind }[][] = [
        [
          { step: 3, kind: 'no-http' },
          { step: 7, kind: 'backup' },
        ],
        [{ step: 4, kind: 'silent' }],
        [
          { step: 5, kind: 'no-http' },
          { step: 12, kind: 'backup' },
        ],
      ];
      await fc.assert(
        fc.asyncProperty(kinds(['master', 'backup', 'no-http', 'no-http', 'silent']), async (steps) => {
          const scripts = scriptsOf(steps, intervalSeconds * second);
          const { outages, availability, lengthMs, startMs } = await watched(
            scripts,
            intervalSeconds * second,
          );
          const cuts = unservedTimes(scripts, lengthMs).map(({ fromMs, toMs }) => ({
            fromMs: startMs + fromMs,
            toMs: startMs + toMs,
          }));
          for (const outage of outages.filter(({ kind }) => kind === 'no-serving-edge')) {
            found += 1;
            // "At least" and what is certain are never longer than the truth.
            for (const { fromMs, toMs } of outage.certain)
              expect(cuts.some((cut) => cut.fromMs <= fromMs && cut.toMs >= toMs)).toBe(true);
            // "At most" is never shorter.
            const within = cuts.filter((cut) => outage.certain.some((sure) => overlaps(cut, sure)));
            for (const cut of within) {
              const { fromMs, toMs, lengthMs: bounds } = outage;
              expect(fromMs).toBeLessThanOrEqual(Math.max(cut.fromMs, startMs));
              expect(toMs ?? Infinity).toBeGreaterThanOrEqual(cut.toMs);
              expect(bounds.atMost).toBeGreaterThanOrEqual(cut.toMs - cut.fromMs);
            }
            // One outage may hold several true ones, between which users were served for less than polls can see.
            const trulyMs = within.reduce((sum, cut) => sum + cut.toMs - cut.fromMs, 0);
            if (within.length > 0) expect(outage.lengthMs.atLeast).toBeLessThanOrEqual(trulyMs);
          }
          const trueMs = trulyCutMs(scripts, lengthMs);
          expect(availability.unavailableMs).toBeLessThanOrEqual(trueMs);
        }),
        { numRuns: 20, examples: [[staggered]] },
      );
      expect(found).toBeGreaterThan(0);
    },
  );

  it('that is true where every edge answers', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(kinds(['master', 'backup', 'init', 'no-http']), async (steps) => {
        const scripts = scriptsOf(steps);
        const { availability, lengthMs } = await watched(scripts);
        // Before the first readings nothing is known.
        const trueMs = trulyCutMs(scripts, lengthMs);
        expect(availability.unavailableMs).toBeLessThanOrEqual(trueMs);
        expect(availability.unavailableMs + availability.unknownMs).toBeGreaterThanOrEqual(trueMs);
      }),
      { numRuns: 40 },
    );
  });
});
