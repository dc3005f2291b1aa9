import { describe, expect, it } from 'vitest';
import { SelfMonitor, type MonitoringGap } from '../../../../monitor/host/self-monitor';
import { FakeClock } from '../../../fixtures/clock/fake-clock';

function scene(): { clock: FakeClock; gaps: MonitoringGap[]; monitor: SelfMonitor } {
  const clock = new FakeClock();
  const gaps: MonitoringGap[] = [];
  return { clock, gaps, monitor: new SelfMonitor(clock, (gap) => gaps.push(gap)) };
}

describe('SelfMonitor', () => {
  it('says nothing while time runs as it should', async () => {
    const { clock, gaps, monitor } = scene();
    await clock.pass(60_000);
    expect(gaps).toEqual([]);
    expect(monitor.stalledSince(clock.monotonicMs() - 1_000)).toBe(false);
  });

  it('finds that the process stood still, from the last tick before to the first after', async () => {
    const { clock, gaps, monitor } = scene();
    await clock.pass(10_000);
    const fromMs = clock.nowMs();
    const begunMs = clock.monotonicMs() - 100;
    clock.freeze(60_000);
    expect(monitor.stalledSince(begunMs)).toBe(true);
    await clock.pass(1_000);
    expect(gaps).toHaveLength(1);
    expect(gaps[0]).toMatchObject({ reason: 'suspended', fromMs });
    expect((gaps[0]?.toMs ?? 0) - fromMs).toBeGreaterThanOrEqual(60_000);
    expect(monitor.stalledSince(clock.monotonicMs())).toBe(false);
  });

  it.each([
    ['the clocks notice the standstill', true],
    ['the system reports that it has resumed', false],
  ])('calls an announced standstill a sleep, once, when first %s', async (_, tickFirst) => {
    const { clock, gaps, monitor } = scene();
    await clock.pass(10_000);
    const fromMs = clock.nowMs();
    monitor.announceSleep();
    clock.freeze(3_000);
    if (tickFirst) await clock.pass(100);
    monitor.endSleep();
    await clock.pass(2_000);
    expect(gaps).toMatchObject([{ reason: 'suspended', words: 'This computer slept for 3 s.', fromMs }]);
    clock.freeze(3_000);
    await clock.pass(1_000);
    expect(gaps.at(-1)).toMatchObject({ reason: 'event-loop-late' });
  });

  it('finds no gap when the computer did not sleep after all', async () => {
    const { clock, gaps, monitor } = scene();
    monitor.announceSleep();
    await clock.pass(20_000);
    monitor.endSleep();
    await clock.pass(1_000);
    expect(gaps).toEqual([]);
  });

  it('goes on checking after an error in what it reports to', async () => {
    const clock = new FakeClock();
    let gaps = 0;
    new SelfMonitor(clock, () => {
      gaps += 1;
      if (gaps === 1) throw new Error('planted');
    });
    clock.freeze(10_000);
    await expect(clock.pass(1_000)).rejects.toThrow('planted');
    await clock.pass(5_000);
    clock.freeze(10_000);
    await clock.pass(1_000);
    expect(gaps).toBe(2);
  });

  it('finds a busy process, a sleep that stopped the monotonic clock, and a clock set back', async () => {
    const { clock, gaps } = scene();
    await clock.pass(10_000);
    clock.freeze(2_500);
    await clock.pass(5_000);
    clock.stepWall(3_600_000);
    await clock.pass(5_000);
    clock.stepWall(-3_600_000);
    await clock.pass(5_000);
    expect(gaps.map((gap) => gap.reason)).toEqual(['event-loop-late', 'suspended', 'clock-stepped']);
    for (const gap of gaps) expect(gap.toMs).toBeGreaterThanOrEqual(gap.fromMs);
  });
});
