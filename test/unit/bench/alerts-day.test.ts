import { describe, expect, it } from 'vitest';
import { runDay, runFirstMinute } from '../../bench/alerts/day';

describe('alerts of the demo fleet', () => {
  it('are one in its first minute', async () => {
    const { rules, notices } = await runFirstMinute(1);
    expect(rules).toEqual(['failover']);
    expect(notices.filter(({ isLoud }) => isLoud)).toHaveLength(1);
  }, 60_000);

  // `npm run -s bench -- alerts --hours 24 --faults 50` plays a day.
  it('are those of the faults that need a person', async () => {
    const { needed, told, noise, missed } = await runDay(2.5, 10, 1);
    expect({ missed, noise }).toEqual({ missed: [], noise: [] });
    expect({ needed, told }).toEqual({ needed: 7, told: 7 });
  }, 120_000);
});
