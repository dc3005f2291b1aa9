import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span } from '../../../../../domain/model/history';
import {
  edgeEventMarks,
  healthBands,
  labelledMarks,
  roleBands,
} from '../../../../../renderer/views/edge/edge-bands';
import { aFailover, aFlapping } from '../../../../fixtures/history/history-entries';

const span = (kind: Span['kind'], state: string, fromMs: number, toMs: number | null): Span => ({
  kind,
  subjectId: 'e1',
  state,
  fromMs,
  toMs,
  reasons: null,
});
/** A range from 100 to 200. */
const percentOf = (ms: number): number => Math.min(100, Math.max(0, ms - 100));

describe('bands of an edge', () => {
  it('are its states within the range, one for each, however often its reasons changed', () => {
    const spans = [
      span('lb-role', 'backup', 20, 150),
      span('edge-health', 'up', 20, 120),
      span('edge-health', 'degraded', 120, 130),
      span('edge-health', 'degraded', 130, 160),
      span('edge-health', 'down', 170, null),
      span('lb-role', 'master', 150, null),
    ];
    expect(healthBands(spans, 200, percentOf).map(({ state, left, width }) => [state, left, width])).toEqual([
      ['up', 0, 20],
      ['degraded', 20, 40],
      ['down', 70, 30],
    ]);
    expect(roleBands(spans, 200, percentOf).map(({ state, left, width }) => [state, left, width])).toEqual([
      ['backup', 0, 50],
      ['master', 50, 50],
    ]);
  });

  it('are unknown where the history has a state of another version', () => {
    expect(healthBands([span('edge-health', 'resting', 100, null)], 200, percentOf)[0]?.state).toBe(
      'unknown',
    );
  });
});

describe('events of an edge', () => {
  const marks = (edgeId: string) =>
    edgeEventMarks(
      [
        { id: 2, event: aFlapping('fra', 5000) },
        { id: 1, event: aFailover('fra', 4000) },
      ],
      edgeId,
    ).map(({ words, fromMs, toMs }) => [words, fromMs, toMs]);

  it('say what a failover meant for this edge, with its bracket', () => {
    expect(marks('fra-02')).toEqual([['Became active LB', 1000, 4000]]);
    expect(marks('fra-01')).toEqual([['Was active LB until then', 1000, 4000]]);
  });

  it('leave out what is about another edge', () => {
    expect(marks('fra-03')).toEqual([]);
  });

  it('have words only where these run into no other mark', () => {
    const drawn = fc
      .array(fc.tuple(fc.nat(600), fc.constantFrom('Down', 'Became active LB', 'x'.repeat(80))), {
        maxLength: 25,
      })
      .map((rows) =>
        rows
          .sort((a, b) => a[0] - b[0])
          .map(([leftPx, words], id) => ({ id, leftPx, rightPx: leftPx + 9, words })),
      );
    fc.assert(
      fc.property(drawn, (placed) => {
        const labels = labelledMarks(placed, 640);
        for (const mark of placed) {
          const label = labels.get(mark.id);
          if (!label) continue;
          const wide = Math.min(label.mostPx, mark.words.length * 6.4);
          const [from, to] =
            label.side === 'right' ? [mark.rightPx, mark.rightPx + wide] : [mark.leftPx - wide, mark.leftPx];
          for (const other of placed) {
            if (other.id === mark.id) continue;
            expect(other.leftPx >= to || other.rightPx <= from || other.leftPx === mark.leftPx).toBe(true);
          }
        }
      }),
    );
  });
});
