import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../../../domain/model/incident';
import { peopleColumns } from '../../../../../domain/report/answer-words';
import { durationRange } from '../../../../../domain/words/duration';
import { withoutWords } from '../../../../../domain/words/incidents';
import { comparedWords } from '../../../../../renderer/views/incidents/compare-words';
import { boundsWords, metricRows } from '../../../../../renderer/views/incidents/incident-words';

const bounds = fc
  .record({ atLeast: fc.nat(200_000), more: fc.integer({ min: 1, max: 200_000 }) })
  .map(({ atLeast, more }) => ({ atLeast, atMost: atLeast + more }));

/** What a text of bounds says, in milliseconds. */
function read(words: string): [atLeastMs: number, atMostMs: number] {
  const msOf = (text: string, unit: string): number =>
    [...text.matchAll(/([\d.]+) ?([smh])?/g)].reduce(
      (sum, [, value, of = unit]) => sum + Number(value) * { s: 1_000, m: 60_000, h: 3_600_000 }[of as 's'],
      0,
    );
  if (words.startsWith('at most ')) return [0, msOf(words.slice(8), 's')];
  const [least = '', most = least] = words.split(' to ');
  return [msOf(least, 's'), msOf(most, 's')];
}

describe('two bounds of a time', () => {
  it('read the same on every screen and in every table', () => {
    const columns = ['without_active_lb_at_least_ms', 'without_active_lb_at_most_ms'];
    const [column] = peopleColumns(columns, columns);
    fc.assert(
      fc.property(bounds, (span) => {
        const words = durationRange(span.atLeast, span.atMost);
        const incident: Pick<Incident, 'kind' | 'withoutActiveLbMs'> = {
          kind: 'failover',
          withoutActiveLbMs: span,
        };
        const metrics = { takeOverMs: null, usersGapMs: null, acknowledgeMs: null, recoverMs: null };
        const [detect] = metricRows({ ...metrics, detectMs: span });
        expect([
          boundsWords(span),
          comparedWords({ kind: 'time', span }),
          column?.words([span.atLeast, span.atMost]),
          withoutWords(incident).replace(' without an active LB', ''),
          detect?.value,
        ]).toEqual(Array.from({ length: 5 }, () => words));
      }),
    );
  });

  it('hold the true time, however they are rounded', () => {
    fc.assert(
      fc.property(bounds, ({ atLeast, atMost }) => {
        const [least, most] = read(durationRange(atLeast, atMost));
        expect(least).toBeLessThanOrEqual(atLeast);
        expect(most).toBeGreaterThanOrEqual(atMost);
      }),
    );
  });
});
