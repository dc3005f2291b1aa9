import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches } from '../../../../domain/alerts/matcher';
import { Silences } from '../../../../domain/alerts/silences';
import type { Silence } from '../../../../domain/model/alert';
import { alertsAt, readEarlierAlerts } from '../../../../monitor/alerts/earlier-alerts';
import { FakeHistory } from '../../../fixtures/history/fake-history';

const names = ['fra-01', 'fra-02', 'gru-01'];
const subjects = names.flatMap((name) =>
  [null, `${name}-01`].map((edgeName) => ({ name, site: null, edgeName, rule: 'cpu' })),
);
const pattern = fc.constantFrom('*', 'fra-*', 'FRA-01', 'gru-0?', '*-01', 'none');
const step = fc.oneof(
  fc.record({ add: fc.record({ cluster: pattern, edge: fc.option(pattern, { nil: undefined }) }) }),
  fc.record({ end: fc.nat(20) }),
  fc.record({ ask: fc.nat(subjects.length - 1) }),
  fc.record({ pass: fc.integer({ min: 1, max: 500 }) }),
);

describe('silences', () => {
  it('hold back what the first of them matches, whatever was asked and ended before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const silences = new Silences();
        const shown = new Map<string, Silence>();
        let nowMs = 1_000;
        for (const one of steps) {
          if ('add' in one) {
            const { cluster, edge } = one.add;
            const matcher = { cluster, ...(edge === undefined ? {} : { edge }) };
            silences.add({ matcher, author: 'noc', reason: 'Works.', endsMs: nowMs + 700 }, nowMs);
          } else if ('end' in one) {
            const id = silences.list()[one.end]?.id;
            if (id !== undefined) silences.end(id, 'noc', nowMs);
          } else if ('pass' in one) {
            nowMs += one.pass;
            const due = silences.list().filter(({ endsMs }) => endsMs <= nowMs);
            expect(silences.over(nowMs)).toEqual(due.map(({ id }) => id));
            for (const { id } of due) silences.end(id, null, nowMs);
          }
          const change = silences.takeChange();
          for (const silence of change?.changed ?? []) shown.set(silence.id, silence);
          for (const id of change?.removedIds ?? []) shown.delete(id);
          expect([...shown.values()]).toEqual(silences.list());
          const asked = 'ask' in one ? [subjects[one.ask]!] : [];
          for (const subject of asked) {
            const first = silences.list().find(({ matcher }) => matches(matcher, subject));
            const expected = first && { by: 'silence', silenceId: first.id, untilMs: first.endsMs };
            expect(silences.heldBy(subject)).toEqual(expected ?? null);
          }
        }
      }),
    );
  });

  it('are in force after a restart, and leave the alerts in, although thousands were made since', async () => {
    const history = new FakeHistory(() => 1_000);
    const silences = new Silences();
    const add = (index: number) =>
      silences.add(
        { matcher: { cluster: `c-${index}` }, author: 'noc', reason: 'Works.', endsMs: 10_000 },
        1_000,
      ).event;
    const alert = {
      type: 'alert' as const,
      ...{ timeMs: 500, recordedAtMs: 500, clusterId: 'fra-01', clusterName: 'fra-01' },
      ...{ edgeId: null, edgeName: null, alertId: 'cpu-500-1', rule: 'cpu' as const, groupId: 'g' },
      ...{ severity: 'warning' as const, suppressed: 0, words: 'Hot.', detail: '' },
      ...{ bracket: null, witnesses: [], detectionMs: null },
    };
    const events = [alert, ...Array.from({ length: 12_000 }, (_, index) => add(index))];
    await history.write({ spans: [], events, samples: [] });
    const earlier = await readEarlierAlerts(history, 2_000);
    expect(earlier?.alerts.silences.size).toBe(12_000);
    expect([...(earlier?.alerts.alerts.keys() ?? [])]).toEqual(['cpu-500-1']);
    expect((await alertsAt(history, 2_000)).silences).toHaveLength(12_000);
  });
});
