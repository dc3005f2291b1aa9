import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeStep, nothingKnown } from '../../../../domain/past/step-judgement';
import { readSteps, stepOf } from '../../../../monitor/prometheus/step-history';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { SampledEngine, type EdgeSample } from '../../../fixtures/prometheus/sampled-engine';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const startMs = Date.UTC(2026, 10, 1);
const scrapeMs = 30_000;
const source = { job: 'heron-edges', scrapeIntervalMs: scrapeMs };

/** A course of an edge: what it was for how many scrapes, one after another, from then on. */
const courseArbitrary = fc.array(
  fc.record({
    scrapes: fc.integer({ min: 1, max: 90 }),
    state: fc.constantFrom('master', 'backup', 'init', 'silent', 'roleless', 'faulty', 'unscraped'),
  }),
  { minLength: 1, maxLength: 8 },
);
type Course = { scrapes: number; state: string }[];

function samplesOf(course: Course, firstMs: number, count: number): EdgeSample[] {
  const states = course.flatMap(({ scrapes, state }) => Array.from({ length: scrapes }, () => state));
  return Array.from({ length: count }, (_, at) => {
    const state = states[at % states.length] ?? 'silent';
    const role = { master: 2, backup: 1, faulty: 1, init: 0 }[state] ?? null;
    return {
      atMs: firstMs + at * scrapeMs,
      up: state !== 'silent',
      role,
      hasFault: state === 'faulty',
      state,
    };
  }).filter(({ state }) => state !== 'unscraped');
}

async function stepsOf(edges: Map<string, EdgeSample[]>, lengthMs: number, recordsAtMs: number | null) {
  const nowMs = startMs + 30 * dayMs;
  const engine = new SampledEngine(edges, { nowMs, offsetMs: 7_000, recordsAtMs });
  const range = { fromMs: startMs + 61_000, toMs: startMs + lengthMs };
  return readSteps(engine, new FakeClock(nowMs), source, [...edges.keys()], range);
}

describe('what is claimed of a step', () => {
  const worlds = fc.record({
    courses: fc.array(courseArbitrary, { minLength: 1, maxLength: 4 }),
    firstMs: fc.integer({ min: 0, max: scrapeMs - 1 }),
    recordsAtMs: fc.integer({ min: 0, max: 299_999 }),
    lengthMs: fc.constantFrom(3 * hourMs, 3 * dayMs),
  });

  it('is true of the whole step at its samples, whatever the edges did', async () => {
    let claims = 0;
    await fc.assert(
      fc.asyncProperty(worlds, async ({ courses, firstMs, recordsAtMs, lengthMs }) => {
        const count = Math.ceil((lengthMs + hourMs) / scrapeMs);
        const edges = new Map(
          courses.map((course, at) => [`e-${at}`, samplesOf(course, startMs - 600_000 + firstMs, count)]),
        );
        const { stepMs, endsMs, byEdge } = await stepsOf(edges, lengthMs, recordsAtMs);
        expect(stepMs).toBe(lengthMs > 2 * dayMs ? 15 * minuteMs : 5 * minuteMs);
        for (const [at, endMs] of endsMs.entries()) {
          const names = [...edges.keys()];
          const judged = judgeStep(names.map((name) => byEdge.get(name)?.[at] ?? nothingKnown));
          const within = names.map((name) => samplesWithin(edges.get(name) ?? [], endMs - stepMs, endMs));
          for (const [place, { health, role }] of judged.edges.entries()) {
            const own = within[place] ?? [];
            claims += Number(health !== 'unknown');
            if (health === 'up') expect(own.every(({ up, hasFault }) => up && !hasFault)).toBe(true);
            if (health === 'degraded') expect(own.every(({ up, hasFault }) => up && hasFault)).toBe(true);
            if (health === 'down') expect(own.every(({ up }) => !up)).toBe(true);
            if (health !== 'unknown' || role !== 'unknown') expectNoHole(own, endMs - stepMs, endMs);
            const reported = own.flatMap(({ role: its }) => its ?? []);
            if (role === 'master') expect(new Set(reported)).toEqual(new Set([2]));
            if (role === 'backup') expect(new Set(reported)).toEqual(new Set([1]));
          }
          expectTrueOfCluster(judged.cluster, within);
        }
      }),
      { numRuns: 100 },
    );
    expect(claims).toBeGreaterThan(1_000);
  });
});

function samplesWithin(all: readonly EdgeSample[], afterMs: number, toMs: number): readonly EdgeSample[] {
  const first = all.findIndex(({ atMs }) => atMs > afterMs);
  const last = all.findLastIndex(({ atMs }) => atMs <= toMs);
  return first < 0 ? [] : all.slice(first, last + 1);
}

/** Nothing is claimed over a time that was not scraped, but for one late scrape; where two recorded series meet, one of each. */
function expectNoHole(own: readonly EdgeSample[], fromMs: number, toMs: number): void {
  const times = [fromMs, ...own.map(({ atMs }) => atMs), toMs];
  const widest = Math.max(...times.slice(1).map((ms, at) => ms - (times[at] ?? 0)));
  const mostMissing = toMs - fromMs > 5 * minuteMs ? 2 : 1;
  expect(widest).toBeLessThanOrEqual((mostMissing + 1) * scrapeMs + 1);
}

function expectTrueOfCluster(cluster: string, within: readonly (readonly EdgeSample[])[]): void {
  const mastersThroughout = within.filter((own) => own.length > 0 && own.every(({ role }) => role === 2));
  const isEverMaster = (own: readonly EdgeSample[]): boolean => own.some(({ role }) => role === 2);
  // One scrape may have shown no role.
  const isMaster = (own: readonly EdgeSample[]): boolean =>
    isEverMaster(own) && !own.some(({ role }) => role === 1 || role === 0);
  if (cluster === 'no-active-lb') expect(within.some(isEverMaster)).toBe(false);
  if (cluster === 'split-brain') expect(within.filter(isMaster).length).toBeGreaterThan(1);
  if (['up', 'degraded', 'no-redundancy'].includes(cluster)) {
    expect(within.filter(isMaster)).toHaveLength(1);
    expect(within.filter(isEverMaster)).toHaveLength(1);
  }
  if (cluster === 'up') expect(mastersThroughout.length).toBeLessThanOrEqual(1);
}

describe('a step of a cluster', () => {
  const step = (role: 'master' | 'backup', more: object = {}) => ({
    ...{
      answers: 'always' as const,
      faults: 'never' as const,
      role,
      neverMaster: role === 'backup',
      ...more,
    },
  });
  const silent = step('backup', { answers: 'never', role: 'unknown', faults: 'unknown', neverMaster: false });

  it.each([
    ['up', [step('master'), step('backup')]],
    ['split-brain', [step('master'), step('master')]],
    ['no-active-lb', [step('backup'), step('backup')]],
    ['degraded', [step('master'), step('backup', { faults: 'always' })]],
    ['no-redundancy', [step('master'), silent]],
    ['degraded', [step('master'), step('backup'), silent]],
    ['unknown', [step('master'), nothingKnown]],
    ['unknown', [silent, silent]],
    ['unknown', []],
  ])('is %s', (state, edges) => expect(judgeStep(edges).cluster).toBe(state));
});

describe('the steps of a range', () => {
  const of = (lengthMs: number, edges: number): number =>
    stepOf({ fromMs: startMs, toMs: startMs + lengthMs }, edges);

  it('grow with the range and the edges', () => {
    expect(of(hourMs, 10)).toBe(5 * minuteMs);
    expect(of(2 * dayMs, 10)).toBe(5 * minuteMs);
    expect(of(3 * dayMs, 10)).toBe(15 * minuteMs);
    expect(of(365 * dayMs, 10)).toBe(6 * hourMs);
    expect(of(365 * dayMs, 1_000)).toBe(Math.ceil((365 * dayMs) / 7 / hourMs) * hourMs);
  });

  it('are read of samples where nothing was recorded, for two weeks and no longer', async () => {
    const samples = samplesOf([{ scrapes: 1, state: 'master' }], startMs, 8 * 24 * 120);
    const { byEdge } = await stepsOf(new Map([['a.b', samples]]), 4 * dayMs, null);
    expect(byEdge.get('a.b')?.filter(({ role }) => role === 'master').length).toBeGreaterThan(300);
    const long = await stepsOf(new Map([['a.b', samples]]), 15 * dayMs, null);
    expect(long.byEdge.size).toBe(0);
  });

  it('are only those of the edges that were asked for, whatever an engine answers', async () => {
    const samples = samplesOf([{ scrapes: 1, state: 'master' }], startMs, 240);
    const nowMs = startMs + dayMs;
    const edges = new Map(['a', 'b', 'c'].map((name) => [name, samples]));
    const engine = new SampledEngine(edges, { nowMs, recordsAtMs: null });
    const range = { fromMs: startMs, toMs: startMs + hourMs };
    const { byEdge, doubled } = await readSteps(engine, new FakeClock(nowMs), source, ['b'], range);
    expect([...byEdge.keys(), ...doubled]).toEqual(['b']);
  });
});
