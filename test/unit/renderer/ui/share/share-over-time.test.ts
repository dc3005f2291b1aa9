import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offScale } from '../../../../../renderer/ui/share/share-datasets';
import {
  evenLines,
  pointsFor,
  sharesOverTime,
  spreadLabels,
} from '../../../../../renderer/ui/share/share-over-time';
import type { Span } from '../../../../../domain/model/history';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';
import { madeSeries } from '../../../../fixtures/fake-bridge/series';

const stepMs = 10_000;
const series = (...edges: (number | null)[][]) => ({
  fromMs: 0,
  toMs: edges[0]!.length * stepMs,
  stepMs,
  times: edges[0]!.map((_, step) => step * stepMs),
  edges: edges.map((bitsPerSecond, index) => ({
    edgeId: `e${index}`,
    edgeName: `e${index}`,
    number: index + 1,
    bitsPerSecond,
  })),
});

const up = (edge: number, fromMs = 0, toMs: number | null = null): Span => ({
  kind: 'edge-health',
  subjectId: `e${edge}`,
  state: 'up',
  fromMs,
  toMs,
  reasons: null,
});

describe('shares over time', () => {
  it('are parts of what is known at each step', () => {
    const shares = sharesOverTime(series([30, 30, 0], [10, null, 0]), []);
    expect(shares.edges.map((edge) => edge.parts)).toEqual([
      [0.75, 1, null],
      [0.25, null, null],
    ]);
    expect(shares.carrying).toEqual([2, 1, 0]);
  });

  it('are unknown where no edge answered, never zero', () => {
    const shares = sharesOverTime(series([1, null, null, 1], [1, null, null, 1]), []);
    expect(shares.silences).toEqual([{ fromMs: stepMs, toMs: 3 * stepMs }]);
    expect(shares.edges[0]!.parts).toEqual([0.5, null, null, 0.5]);
  });

  it('do not call the step that is still running a silence', () => {
    expect(sharesOverTime(series([1, 1, null], [1, 1, null]), []).silences).toEqual([]);
  });

  it('name when an edge dropped out while others went on', () => {
    const shares = sharesOverTime(series([1, 1, 1, 1, 1], [1, 1, null, null, null]), []);
    expect(shares.edges.map((edge) => edge.endedMs)).toEqual([null, stepMs]);
  });

  it('add up to one wherever anything is known', () => {
    const column = fc.array(fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: null }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(column, { minLength: 2, maxLength: 5 }), (edges) => {
        const shares = sharesOverTime(series(...edges), []);
        shares.times.forEach((_, step) => {
          const parts = shares.edges.flatMap((edge) => edge.parts[step] ?? []);
          if (parts.length > 0) expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 6);
        });
      }),
    );
  });

  it('are asked for in steps that hold two polls each, and not in more than can be drawn', () => {
    expect(pointsFor(30 * 60_000, 2000)).toBe(180);
    expect(pointsFor(5 * 60_000, 2000)).toBe(75);
    expect(pointsFor(30 * 60_000, 30_000)).toBe(30);
    expect(pointsFor(5 * 60_000, 0)).toBe(15);
    expect(pointsFor(1000, 2000)).toBe(2);
  });

  it('step the even lines when an edge goes', () => {
    expect(evenLines([3, 2, 0, null])).toEqual([
      [1 / 3, 1 / 2, null, null],
      [2 / 3, null, null, null],
    ]);
    expect(evenLines([])).toEqual([]);
  });

  it('differ from even by the healthy edges, not by those that carry something', () => {
    const shares = sharesOverTime(series([1, 1], [1, 0], [null, 0]), [up(0), up(1), up(2)]);
    expect(shares.healthy).toEqual([3, 3]);
    expect(shares.edges.map(({ off }) => off[1])).toEqual([1 - 1 / 3, -1 / 3, -1 / 3]);
    expect(shares.edges[2]!.off[0]).toBeNull();
    expect(offScale(shares)).toBe(1);
  });

  it('do not say what even was where no state is kept', () => {
    const shares = sharesOverTime(series([1, 1], [1, 1]), [up(0, stepMs), up(1, stepMs)]);
    expect(shares.healthy).toEqual([null, 2]);
    expect(shares.edges.map(({ off }) => off)).toEqual([
      [null, 0],
      [null, 0],
    ]);
    expect(offScale(shares)).toBe(0.02);
  });

  it('hold for the made fleet: three minutes of silence, one edge gone', () => {
    const now = Date.UTC(2026, 10, 24, 14);
    const cluster = fleetInAllStates(now).find(({ name }) => name === 'fra-02')!;
    const shares = sharesOverTime(madeSeries(cluster, now - 1_800_000, now, 180, now), []);
    expect(shares.silences).toHaveLength(1);
    expect(shares.edges.filter((edge) => edge.endedMs !== null).map((edge) => edge.edgeName)).toEqual([
      'fra-02-03',
    ]);
    expect(shares.carrying.at(-1)).toBe(7);
  });
});

describe('labels beside the chart', () => {
  it('keep their order and their distance while they fit', () => {
    const wanted = fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 16 });
    fc.assert(
      fc.property(wanted, (places) => {
        const sorted = places.sort((a, b) => a - b);
        const placed = spreadLabels(sorted, 13, 0, 220);
        placed.forEach((place, index) => {
          if (index > 0) expect(place - placed[index - 1]!).toBeGreaterThanOrEqual(13 - 1e-9);
          expect(place).toBeLessThanOrEqual(220);
          expect(place).toBeGreaterThanOrEqual(-1e-9);
        });
      }),
    );
  });

  it('stay where they want to be when there is room', () => {
    expect(spreadLabels([10, 50, 90], 13, 0, 100)).toEqual([10, 50, 90]);
  });
});
