import { expect, it } from 'vitest';
import { runDay } from '../../bench/alerts/day';

// `npm run -s bench -- alerts --hours 24 --faults 50 --seed N` plays other days.
it('alerts of a simulated day of three clusters are those of the faults that need a person, and name what they suppressed', async () => {
  const day = await runDay(24, 50, 1, 3);
  expect(day).toMatchObject({ faults: 50, needed: 35, notified: 35, missed: [], noise: [] });
  expect(day).toMatchObject({ wronglySuppressed: [], unnamed: [] });
  expect(day.suppressed).toBeGreaterThan(0);
}, 300_000);
