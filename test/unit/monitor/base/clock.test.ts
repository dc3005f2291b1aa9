import { describe, expect, it } from 'vitest';
import { every } from '../../../../monitor/base/clock';
import { FakeClock } from '../../../fixtures/clock/fake-clock';

describe('every', () => {
  it('goes on after a call that throws, and does not hide the error', async () => {
    const clock = new FakeClock();
    let calls = 0;
    every(clock, 100, () => {
      calls += 1;
      if (calls === 2) throw new Error('planted');
    });
    await expect(clock.pass(250)).rejects.toThrow('planted');
    await clock.pass(300);
    expect(calls).toBeGreaterThanOrEqual(4);
  });

  it('ends when its own action stops it', async () => {
    const clock = new FakeClock();
    let calls = 0;
    const stop = every(clock, 100, () => {
      calls += 1;
      stop();
    });
    await clock.pass(1_000);
    expect(calls).toBe(1);
  });
});
