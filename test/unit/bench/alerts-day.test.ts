import { describe, expect, it } from 'vitest';
import { runFirstMinute } from '../../bench/alerts/day';

describe('alerts of the demo fleet', () => {
  // `npm run -s bench -- alerts --hours 24 --faults 50` plays a day.
  it('are one in its first minute', async () => {
    const { rules, notices } = await runFirstMinute(1);
    expect(rules).toEqual(['failover']);
    expect(notices.filter(({ isLoud }) => isLoud)).toHaveLength(1);
  }, 60_000);
});
