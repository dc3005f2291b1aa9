import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches } from '../../../../../domain/alerts/matcher';
import { matcherOf } from '../../../../../renderer/views/alerts/alert-matcher';
import { listEntries } from '../../../../../renderer/views/alerts/list-entries';
import { witnessRows } from '../../../../../renderer/views/alerts/witness-rows';
import { madeAlert } from '../../../../fixtures/fake-bridge/alerts';

const now = Date.UTC(2026, 10, 29, 21, 31);
const at = (id: number | null, sinceMs = now) => ({ incident: { id, sinceMs } });

describe('the list of alerts', () => {
  it('has one line for each incident, at the place of its worst alert', () => {
    const alerts = [
      madeAlert('no-active-lb', 'gru-01', now, at(118)),
      madeAlert('split-brain', 'sin-02', now, at(117)),
      madeAlert('edge-down', 'gru-02', now, at(118)),
    ];
    expect(
      listEntries(alerts).map((entry) => (entry.kind === 'incident' ? entry.incidentId : entry.alert.name)),
    ).toEqual([118, 'gru-01', 'gru-02', 117, 'sin-02']);
  });

  it('keeps clusters apart whose incidents have no number yet, and alerts without one', () => {
    const alerts = [
      madeAlert('unknown', 'a-1', now, at(null)),
      madeAlert('unknown', 'b-1', now, at(null)),
      madeAlert('cpu', 'c-1', now, { incident: null }),
      madeAlert('disk', 'c-1', now, { incident: null }),
    ];
    expect(listEntries(alerts).filter(({ kind }) => kind === 'incident')).toHaveLength(4);
  });

  it('says since when an incident is over, once all of it is', () => {
    const over = madeAlert('failover', 'fra-01', now, { state: 'over', clearedMs: now - 5_000, ...at(116) });
    const open = madeAlert('imbalance', 'fra-01', now, at(116));
    expect(listEntries([over])[0]).toMatchObject({ overMs: now - 5_000 });
    expect(listEntries([open, over])[0]).toMatchObject({ overMs: null });
  });

  it('lists every alert once', () => {
    const alert = fc
      .record({ name: fc.constantFrom('a', 'b', 'c'), id: fc.option(fc.nat(3)), number: fc.nat() })
      .map(({ name, id, number }) => madeAlert('cpu', name, now, { id: `cpu-${number}`, ...at(id) }));
    fc.assert(
      fc.property(fc.uniqueArray(alert, { selector: ({ id }) => id }), (alerts) => {
        const listed = listEntries(alerts).flatMap((entry) => (entry.kind === 'alert' ? [entry.key] : []));
        expect(listed.toSorted()).toEqual(alerts.map(({ id }) => id).toSorted());
      }),
    );
  });
});

it('silences an alert by what it is about', () => {
  const name = fc.string({ minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(name, fc.option(name), (row, edgeName) => {
      const alert = madeAlert('cpu', row, now, { edgeName });
      expect(matches(matcherOf(alert), alert)).toBe(true);
    }),
  );
  expect(matcherOf(madeAlert('history', 'Heron', now, { rowId: null }))).toEqual({ rule: 'history' });
});

it('counts what each kind of source reports', () => {
  const witness = (role: 'init' | 'master') => ({
    ...{ witness: 'carp-extend' as const, role, vhid: 1, advbase: 1, advskew: 0, confidence: 1, maxAgeMs: 0 },
    said: role,
  });
  expect(witnessRows([witness('init'), witness('master'), witness('init')])).toEqual([
    { name: 'SNMP script', words: 'MASTER on 1, INIT on 2 of 3 edges' },
  ]);
});
