import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityOver } from '../../../../domain/past/availability';
import { gapsWithin, minus } from '../../../../domain/past/monitored-time';
import type { Gap, MonitorRun, Span } from '../../../../domain/model/history';
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
  events: Parameters<typeof availabilityOver>[1]['events'] = [],
) {
  return availabilityOver(range, { subjectId: 'c', kind: 'cluster', clusterId: 'c', spans, gaps, events });
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

  it('bounds the longest time without an active LB by what was seen around it', () => {
    const common = { recordedAtMs: 300, clusterId: 'c', clusterName: 'C' };
    const events = [
      { ...aFailover('c', 900), gapMs: { atLeast: 10, atMost: 60 } },
      {
        ...common,
        type: 'no-active-lb' as const,
        timeMs: 200,
        bracket: { lastOldMs: 170, firstNewMs: 200 },
        lastActiveEdgeName: 'c1',
        reasons: [],
      },
      {
        ...common,
        type: 'lb-role' as const,
        timeMs: 400,
        edgeId: 'c1',
        edgeName: 'c1',
        from: 'init' as const,
        to: 'master' as const,
        bracket: { lastOldMs: 380, firstNewMs: 400 },
        reasons: [],
        witnesses: [],
      },
    ];
    const spans = [span('up', 0, 200), span('no-active-lb', 200, 400), span('up', 400, null)];
    expect(over(spans, [], events)).toMatchObject({
      failovers: 1,
      longestNoActiveLbMs: { atLeast: 180, atMost: 230 },
    });
    expect(over([span('up', 0, null)])).toMatchObject({ longestNoActiveLbMs: null });
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
    fc.assert(
      fc.property(
        fc.array(someSpan, { maxLength: 8 }),
        fc.array(someGap, { maxLength: 5 }),
        (spans, gaps) => {
          spans.sort((a, b) => a.fromMs - b.fromMs);
          const found = over(spans, gaps);
          expect(found.availableMs + found.unavailableMs + found.unknownMs + found.notCountedMs).toBe(1000);
          expect(found.worst ?? 0).toBeLessThanOrEqual(found.best ?? 0);
          if (found.worst !== null) expect(found.best).toBeCloseTo(found.worst + (found.unknownShare ?? 0));
        },
      ),
    );
  });
});

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
