import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityOver, periodsOf, type AvailabilityFacts } from '../../../../domain/past/availability';
import { gapsWithin, hides, minus } from '../../../../domain/past/monitored-time';
import type { Availability, Gap, MonitorRun, Span } from '../../../../domain/model/history';
import type { HeronEvent } from '../../../../domain/model/event';
import { incidentsOf } from '../../../../domain/incidents/incident-record';
import { healthStates } from '../../../../domain/model/health';
import { aFailover } from '../../../fixtures/history/history-entries';

const range = { fromMs: 0, toMs: 1000 };

function span(state: string, fromMs: number, toMs: number | null): Span {
  return { kind: 'cluster-health', subjectId: 'c', state, fromMs, toMs, reasons: null };
}

function gap(fromMs: number, toMs: number, more: Partial<Gap> = {}): Gap {
  return { fromMs, toMs, reason: 'suspended', words: 'It slept.', clusterIds: null, ...more };
}

function over(
  spans: Span[],
  gaps: Gap[] = [],
  events: AvailabilityFacts['events'] = [],
  toMs = range.toMs,
): Availability {
  const [found] = availabilityOver(periodsOf({ fromMs: 0, toMs }, [], null), {
    ...facts,
    configured: [{ fromMs: 0, toMs, enabled: true }],
    spans,
    events,
    ...unmonitored(gaps),
  });
  if (!found) throw new Error('No period.');
  return found;
}

const facts: AvailabilityFacts = {
  subjectId: 'c',
  kind: 'cluster',
  configured: [{ ...range, enabled: true }],
  spans: [],
  unmonitored: [],
  events: [],
};

function unmonitored(gaps: Gap[]): Pick<AvailabilityFacts, 'unmonitored'> {
  return { unmonitored: gaps.filter((one) => hides(one, 'c')) };
}

describe('availability', () => {
  it('counts what serves users, leaves out what is disabled on purpose, and names the rest unknown', () => {
    const spans = [
      span('up', 0, 400),
      span('disabled', 400, 600),
      span('down', 600, 700),
      span('split-brain', 700, 800),
      span('degraded', 800, 900),
    ];
    expect(over(spans)).toMatchObject({
      availableMs: 500,
      unavailableMs: 100,
      unknownMs: 200,
      notCountedMs: 200,
      worst: 500 / 800,
      best: 700 / 800,
      unknownShare: 200 / 800,
    });
  });

  it('is unknown in gaps, except where what was seen was only not written', () => {
    const spans = [span('up', 0, null)];
    expect(over(spans, [gap(100, 300), gap(200, 350)])).toMatchObject({ worst: 0.75, best: 1 });
    expect(over(spans, [gap(100, 300, { reason: 'history-not-written' })])).toMatchObject({ worst: 1 });
    expect(over(spans, [gap(100, 300, { clusterIds: ['other'] })])).toMatchObject({ worst: 1 });
    expect(over(spans, [gap(100, 300, { clusterIds: ['c'] })])).toMatchObject({ worst: 0.8 });
  });

  it('believes the span that was dated back over the one it was dated back into', () => {
    expect(over([span('up', 0, 500), span('down', 400, 1000)])).toMatchObject({
      availableMs: 400,
      unavailableMs: 600,
      unknownMs: 0,
    });
  });

  it('is null where no time counts', () => {
    expect(over([span('disabled', 0, null)])).toMatchObject({ worst: null, best: null, unknownShare: null });
  });

  it('bounds the longest time without an active LB as incidents do, by what was seen around it', () => {
    const common = { clusterId: 'c', clusterName: 'C' };
    const at = (timeMs: number) => ({ timeMs, recordedAtMs: timeMs, ...common });
    const edge = { edgeId: 'c1', edgeName: 'c1', reasons: [], witnesses: [] };
    const events: HeronEvent[] = [
      { type: 'cluster-state', ...at(2_000), from: 'up', to: 'no-active-lb', reasons: [] },
      {
        ...{ type: 'no-active-lb', ...at(2_000), bracket: { lastOldMs: 1_700, firstNewMs: 2_000 } },
        ...{ lastActiveEdgeName: 'c1', reasons: [] },
      },
      {
        ...{ type: 'lb-role', ...at(4_000), ...edge, from: 'init', to: 'master' },
        bracket: { lastOldMs: 3_800, firstNewMs: 4_000 },
      },
      { type: 'cluster-state', ...at(4_000), from: 'no-active-lb', to: 'up', reasons: [] },
      { ...aFailover('c', 9_000), gapMs: { atLeast: 100, atMost: 600 } },
    ];
    const spans = [span('up', 0, 2_000), span('no-active-lb', 2_000, 4_000), span('up', 4_000, null)];
    const recorded = events.map((event, index) => ({ id: index + 1, event }));
    // An agent may report its role 0.4 s late.
    const [certainMs, longest] = [1_400, { atLeast: 1_400, atMost: 2_300 }];
    expect(over(spans, [], events, 10_000)).toMatchObject({
      failovers: 1,
      longestNoActiveLbMs: longest,
      unavailableMs: certainMs + 100,
      unknownMs: 2_300 - certainMs + 500,
    });
    expect(incidentsOf(recorded, 20_000).at(-1)?.withoutActiveLbMs).toEqual(longest);
    expect(over([span('up', 0, null)])).toMatchObject({ longestNoActiveLbMs: null });
  });

  it('counts the time of a take-over as unavailable at least, and unknown at most', () => {
    const move = (firstNewMs: number, atLeast: number, atMost: number) => ({
      ...aFailover('c', firstNewMs),
      bracket: { lastOldMs: firstNewMs - atMost, firstNewMs },
      gapMs: { atLeast, atMost },
    });
    const up = [span('up', 0, null)];
    expect(over(up, [], [move(300, 20, 100)])).toMatchObject({
      unavailableMs: 20,
      unknownMs: 80,
      availableMs: 900,
      failovers: 1,
    });
    // What a reading saw of it is not counted twice, and neither is the time that two take-overs share.
    const seen = [span('up', 0, 250), span('no-active-lb', 250, 260), span('up', 260, null)];
    expect(over(seen, [], [move(300, 20, 100)])).toMatchObject({ unavailableMs: 20, unknownMs: 80 });
    expect(over(seen, [], [move(300, 5, 100)])).toMatchObject({ unavailableMs: 5, unknownMs: 95 });
    expect(over(up, [], [move(300, 0, 100), move(350, 0, 100)])).toMatchObject({ unknownMs: 150 });
    expect(over([span('down', 0, null)], [], [move(300, 20, 100)])).toMatchObject({ unavailableMs: 1000 });
    // What was measured of it is certain, even beside what was not monitored.
    expect(over(up, [gap(100, 900)], [move(300, 20, 100)])).toMatchObject({
      unknownMs: 780,
      unmonitoredMs: 780,
      unavailableMs: 20,
    });
  });

  it('counts what a time of flapping had without an active LB beyond its failovers, once', () => {
    const flapping = (timeMs: number, atLeast: number, atMost: number): HeronEvent => ({
      ...{ type: 'flapping', timeMs, recordedAtMs: timeMs, clusterId: 'c', clusterName: 'C', changes: 5 },
      ...{ windowMs: 300, phase: 'continues', sinceMs: 200, withoutActiveMs: { atLeast, atMost } },
    });
    const move = { ...aFailover('c', 300), gapMs: { atLeast: 20, atMost: 60 } };
    const up = [span('up', 0, null)];
    expect(over(up, [], [move, flapping(400, 50, 100), flapping(500, 70, 150)])).toMatchObject({
      unavailableMs: 70,
      unknownMs: 80,
      longestNoActiveLbMs: { atLeast: 70, atMost: 150 },
    });
  });

  it('does not count what was not configured, and names it', () => {
    const configured = [
      { fromMs: 200, toMs: 400, enabled: true },
      { fromMs: 400, toMs: 500, enabled: false },
      { fromMs: 500, toMs: 900, enabled: true },
    ];
    const spans = [span('up', 300, 950)];
    const [found] = availabilityOver(periodsOf(range, [], null), {
      ...facts,
      configured,
      spans,
      ...unmonitored([gap(0, 250), gap(450, 600), gap(880, 1000)]),
    });
    expect(found).toMatchObject({
      notConfiguredMs: 300,
      notCountedMs: 100,
      unmonitoredMs: 50 + 100 + 20,
      unknownMs: 170 + 50,
      availableMs: 100 + 280,
      unavailableMs: 0,
    });
  });

  it('is that of each part of the range, and of the hours of the calendar alone', () => {
    const minuteMs = 60_000;
    const day = { fromMs: 0, toMs: 1440 * minuteMs };
    const hours = [{ days: [4], fromMinute: 60, toMinute: 180 }];
    const periods = periodsOf(day, [120 * minuteMs], { zone: 'UTC', hours, holidays: [] });
    const spans = [span('up', 0, 90 * minuteMs), span('down', 90 * minuteMs, null)];
    const configured = [{ ...day, enabled: true }];
    expect(availabilityOver(periods, { ...facts, configured, spans })).toMatchObject([
      { fromMs: 0, toMs: 120 * minuteMs, worst: 0.5, best: 0.5, outsideHoursMs: 60 * minuteMs },
      { toMs: day.toMs, worst: 0, best: 0, unavailableMs: 60 * minuteMs, outsideHoursMs: 1260 * minuteMs },
    ]);
  });

  it('adds up to the whole range, whatever the spans and gaps are', () => {
    const time = fc.integer({ min: -200, max: 1200 });
    const someSpan = fc
      .record({
        state: fc.constantFrom(...healthStates),
        fromMs: time,
        lastsMs: fc.nat(600),
        open: fc.boolean(),
      })
      .map(({ state, fromMs, lastsMs, open }) => span(state, fromMs, open ? null : fromMs + lastsMs));
    const someGap = fc
      .record({ fromMs: time, lastsMs: fc.nat(400) })
      .map((g) => gap(g.fromMs, g.fromMs + g.lastsMs));
    const someTimes = fc.array(
      fc.record({ lastsMs: fc.nat(400), enabled: fc.boolean(), gapMs: fc.nat(300) }),
      {
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(
        fc.array(someSpan, { maxLength: 8 }),
        fc.array(someGap, { maxLength: 5 }),
        someTimes,
        fc.array(time, { maxLength: 4 }),
        (spans, gaps, times, cuts) => {
          spans.sort((a, b) => a.fromMs - b.fromMs);
          // A state ends no earlier than the one before it.
          for (const [index, one] of spans.entries()) {
            const before = spans[index - 1];
            if (before?.toMs === null || one.toMs === null) one.toMs = null;
            else one.toMs = Math.max(before?.toMs ?? one.toMs, one.toMs);
          }
          let atMs = -100;
          const configured = times.map(({ lastsMs, enabled, gapMs }) => {
            const fromMs = atMs + gapMs;
            atMs = fromMs + lastsMs;
            return { fromMs, toMs: atMs, enabled };
          });
          const known = { ...facts, spans, configured, ...unmonitored(gaps) };
          const found = availabilityOver(periodsOf(range, cuts, null), known);
          const whole = momentByMoment(known);
          for (const name of Object.keys(whole) as (keyof typeof whole)[])
            expect(found.reduce((sum, one) => sum + one[name], 0)).toBe(whole[name]);
          for (const { worst, best, unknownShare } of found) {
            expect(worst ?? 0).toBeLessThanOrEqual(best ?? 0);
            if (worst !== null) expect(best).toBeCloseTo(worst + (unknownShare ?? 0));
          }
        },
      ),
    );
  });
});

/** The same, asked of each millisecond. */
function momentByMoment({ configured, spans, unmonitored: hidden }: AvailabilityFacts) {
  const totals = {
    ...{ availableMs: 0, unavailableMs: 0, unknownMs: 0, unmonitoredMs: 0 },
    ...{ notCountedMs: 0, notConfiguredMs: 0 },
  };
  const covers = (atMs: number) => (one: { fromMs: number; toMs: number | null }) =>
    one.fromMs <= atMs && (one.toMs === null || one.toMs > atMs);
  for (let atMs = range.fromMs; atMs < range.toMs; atMs += 1) {
    const entry = configured.find(covers(atMs));
    const state = spans.findLast(covers(atMs))?.state ?? 'unknown';
    if (!entry) totals.notConfiguredMs += 1;
    else if (!entry.enabled) totals.notCountedMs += 1;
    else if (hidden.some(covers(atMs))) {
      totals.unknownMs += 1;
      totals.unmonitoredMs += 1;
    } else if (['up', 'degraded', 'no-redundancy'].includes(state)) totals.availableMs += 1;
    else if (['down', 'no-active-lb'].includes(state)) totals.unavailableMs += 1;
    else if (['disabled', 'maintenance', 'not-applicable'].includes(state)) totals.notCountedMs += 1;
    else totals.unknownMs += 1;
  }
  return totals;
}

describe('the time that was not monitored', () => {
  const run = (
    startMs: number,
    watchedUntilMs: number,
    ended: MonitorRun['ended'] = 'closed',
  ): MonitorRun => {
    return { startMs, watchedUntilMs, ended, version: '1', host: 'h', timeZone: 'UTC', clockSteps: [] };
  };

  it('lies before, between and after runs, each with its words', () => {
    const gaps = gapsWithin(range, [run(100, 300), run(500, 600)], []);
    expect(gaps.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [0, 100],
      [300, 500],
      [600, 1000],
    ]);
    expect(new Set(gaps.map(({ words }) => words)).size).toBe(3);
    expect(gapsWithin(range, [], [])).toMatchObject([{ fromMs: 0, toMs: 1000 }]);
  });

  it('is told once where it was recorded, too', () => {
    const words = 'Heron was closed. Not monitored.';
    const common = { type: 'gap' as const, timeMs: 500, recordedAtMs: 500, reason: 'not-running' as const };
    const runs = [run(0, 300), run(500, 1000)];
    expect(gapsWithin(range, runs, [{ ...common, fromMs: 300, toMs: 500, words }])).toEqual([
      { fromMs: 300, toMs: 500, reason: 'not-running', words, clusterIds: null },
    ]);
  });

  it('taken from a range leaves the rest', () => {
    const stretches = [
      { fromMs: -5, toMs: 10 },
      { fromMs: 5, toMs: 20 },
      { fromMs: 990, toMs: 2000 },
    ];
    expect(minus(range, stretches)).toEqual([{ fromMs: 20, toMs: 990 }]);
    expect(minus(range, [{ fromMs: 0, toMs: 1000 }])).toEqual([]);
  });
});
