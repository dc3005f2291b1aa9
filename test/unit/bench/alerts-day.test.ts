import { describe, expect, it } from 'vitest';
import { runFirstMinute } from '../../bench/alerts/day';

describe('alerts of the demo fleet', () => {
  it('are one in its first minute', async () => {
    const { rules, notices } = await runFirstMinute(1);
    expect(rules).toEqual(['failover']);
    expect(notices.filter(({ isLoud }) => isLoud)).toHaveLength(1);
  }, 60_000);
});
