import { expect, it } from 'vitest';
import type { Sample } from '../../../../monitor/prometheus/api';
import { trySource } from '../../../../monitor/prometheus/try-source';
import { FakeClock } from '../../../fixtures/clock/fake-clock';

it('passes on no more of the names that an engine answers with than names may have', async () => {
  const long = 'x'.repeat(100_000);
  const target = (n: number, value: number): Sample => ({
    labels: { edge: `${n}${long}`, instance: `${n}`, job: `${n}${long}` },
    value,
  });
  const clock = new FakeClock();
  const api = {
    time: () => Promise.resolve(clock.nowMs()),
    engine: () => Promise.resolve({ name: 'Prometheus', version: null }),
    recent: () => Promise.resolve([]),
  };
  const found = (samples: Sample[]) => (query: string) =>
    Promise.resolve(query.startsWith('max by') || query.startsWith('count by') ? samples : []);
  const failing = { ...api, query: found([target(1, 0), target(2, 0)]) };
  const trial = await trySource('heron-edges', ['a'], { api: failing, clock });
  expect([trial.targets.count, trial.others.count, trial.missing.edges]).toEqual([2, 2, ['a']]);
  const elsewhere = (query: string) =>
    Promise.resolve(query.startsWith('count by') ? [target(1, 1), target(2, 1)] : []);
  const other = await trySource('heron-edges', ['a'], { api: { ...api, query: elsewhere }, clock });
  expect(other.otherJobs).toHaveLength(2);
  expect(JSON.stringify([trial, other]).length).toBeLessThan(2_000);
});
