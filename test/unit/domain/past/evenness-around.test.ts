import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evennessAround, evennessStretches } from '../../../../domain/past/evenness-around';
import { spreadOverTime } from '../../../../domain/past/serving-over-time';
import type { Span } from '../../../../domain/model/history';

const minute = 60_000;
const stepMs = 10_000;
const move = { lastOldMs: 100 * minute, firstNewMs: 100 * minute + 2000 };

const stepsFrom = (fromMs: number, count: number, carried: (edge: number, atMs: number) => number | null) => {
  const times = Array.from({ length: count }, (_, step) => fromMs + step * stepMs);
  return {
    stepMs,
    times,
    edges: [0, 1].map((edge) => ({
      edgeId: `e${edge}`,
      bitsPerSecond: times.map((atMs) => carried(edge, atMs)),
    })),
  };
};
const span = (subjectId: string, state: string, fromMs: number, toMs: number | null): Span => ({
  kind: 'edge-health',
  subjectId,
  state,
  fromMs,
  toMs,
  reasons: null,
});
const bothUp = [span('e0', 'up', 0, null), span('e1', 'up', 0, null)];
const untilMs = 120 * minute;
const around = evennessStretches(move, [], untilMs);

describe('the stretches beside a failover', () => {
  it('are ten minutes each, the second after things have settled', () => {
    expect(around).toEqual({
      before: { fromMs: 90 * minute, toMs: move.lastOldMs },
      after: { fromMs: move.firstNewMs + 30_000, toMs: move.firstNewMs + 30_000 + 10 * minute },
    });
  });

  it('reach neither over another move nor beyond what is known, and never backwards', () => {
    const at = fc.integer({ min: 0, max: 200 * minute });
    const moves = fc.array(
      fc.tuple(at, fc.integer({ min: 0, max: minute })).map(([lastOldMs, long]) => ({
        lastOldMs,
        firstNewMs: lastOldMs + long,
      })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(moves, at, (others, until) => {
        const { before, after } = evennessStretches(move, others, until);
        expect(before.fromMs).toBeLessThanOrEqual(before.toMs);
        expect(after.fromMs).toBeLessThanOrEqual(after.toMs);
        expect(before.toMs).toBeLessThanOrEqual(move.lastOldMs);
        expect(after.toMs).toBeLessThanOrEqual(until);
        for (const other of others) {
          if (other.firstNewMs <= move.lastOldMs && before.toMs > before.fromMs)
            expect(before.fromMs).toBeGreaterThan(other.firstNewMs);
          if (other.lastOldMs >= move.firstNewMs) expect(after.toMs).toBeLessThanOrEqual(other.lastOldMs);
        }
      }),
    );
  });
});

describe('evenness before and after a failover', () => {
  const fromMs = 89 * minute;
  const count = 150;

  it('is told apart by the failover', () => {
    const steps = stepsFrom(fromMs, count, (edge, atMs) =>
      atMs < move.firstNewMs || edge === 0 ? 3e6 : 1e6,
    );
    const { before, after } = evennessAround(steps, bothUp, around);
    expect(before.evenness).toBeCloseTo(1, 9);
    expect(after.evenness).toBeCloseTo(0.75, 9);
    expect(before.knownMs).toBe(10 * minute);
  });

  it('goes by the edges that were healthy then: one that is down is not missed', () => {
    const steps = stepsFrom(fromMs, count, (edge, atMs) =>
      edge === 1 && atMs >= move.lastOldMs ? null : 2e6,
    );
    const spans = [span('e0', 'up', 0, null), span('e1', 'up', 0, move.lastOldMs)];
    const gone = [...spans, span('e1', 'down', move.lastOldMs, null)];
    expect(evennessAround(steps, gone, around).after.evenness).toBe(1);
  });

  it('misses a healthy edge that carries nothing', () => {
    const steps = stepsFrom(fromMs, count, (edge, atMs) => (edge === 1 && atMs >= move.lastOldMs ? 0 : 2e6));
    expect(evennessAround(steps, bothUp, around).after.evenness).toBeCloseTo(0.5, 9);
  });

  it('stays unknown where too little is known, too soon after, and without any state kept', () => {
    const even = stepsFrom(fromMs, count, () => 1e6);
    const mostlySilent = stepsFrom(fromMs, count, (_, atMs) => (atMs > 92 * minute ? null : 1e6));
    const unknown = evennessAround(mostlySilent, bothUp, around);
    expect([unknown.before.evenness, unknown.after.evenness]).toEqual([null, null]);
    const soon = evennessStretches(move, [], move.firstNewMs + 80_000);
    expect(evennessAround(even, bothUp, soon).after.evenness).toBeNull();
    expect(evennessAround(even, [], around).before.evenness).toBeNull();
  });

  it('lies between 0 and 1 whatever was carried, and does not depend on how much', () => {
    const bits = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(bits, bits), { minLength: 60, maxLength: 60 }), (carried) => {
        const made = (factor: number) =>
          stepsFrom(90 * minute, 60, (edge, atMs) => {
            const one = carried[(atMs - 90 * minute) / stepMs]?.[edge] ?? null;
            return one === null ? null : one * factor;
          });
        const { before } = evennessAround(made(1), bothUp, around);
        const scaled = evennessAround(made(8), bothUp, around).before;
        if (before.evenness === null) expect(scaled.evenness).toBeNull();
        else {
          expect(before.evenness).toBeGreaterThanOrEqual(0);
          expect(before.evenness).toBeLessThanOrEqual(1);
          expect(scaled.evenness).toBeCloseTo(before.evenness, 9);
        }
      }),
    );
  });
});

describe('what even is, step by step', () => {
  it('changes with the healthy edges, and is not told of the step in which they change', () => {
    const steps = stepsFrom(0, 3, () => 1e6);
    const spans = [
      span('e0', 'up', 0, null),
      span('e1', 'degraded', 0, 15_000),
      span('e1', 'down', 15_000, null),
    ];
    const spread = spreadOverTime(steps, spans);
    expect(spread.map(({ healthy }) => healthy)).toEqual([2, null, 1]);
    expect(spread.map(({ expected }) => expected)).toEqual([[0.5, 0.5], null, [1, 0]]);
  });

  it('does not take up to degraded for a change', () => {
    const spans = [...bothUp.slice(0, 1), span('e1', 'up', 0, 5000), span('e1', 'degraded', 5000, null)];
    expect(
      spreadOverTime(
        stepsFrom(0, 1, () => 1),
        spans,
      )[0]?.healthy,
    ).toBe(2);
  });
});
