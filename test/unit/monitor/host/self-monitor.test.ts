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
