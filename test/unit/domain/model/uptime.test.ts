import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { machineUptimeMs, observeUptime, uptimeStep, uptimeWrapMs } from '../../../../domain/model/uptime';

const value = (uptimeMs: number, atMonotonicMs: number) => ({ uptimeMs, atMonotonicMs });
const hourMs = 3_600_000;

describe('uptimeStep', () => {
  it.each<[string, number, number, number, ReturnType<typeof uptimeStep>]>([
    ['goes on', hourMs, hourMs + 5_000, 5_000, 'continued'],
    ['stands still', hourMs, hourMs, 5_000, 'continued'],
    ['overtaken by another answer', hourMs, hourMs - 1_000, 100, 'continued'],
    ['fell', hourMs, 3_000, 5_000, 'restarted'],
    ['fell near the end of its range', uptimeWrapMs - hourMs, 3_000, 5_000, 'restarted'],
    ['what is left after the wrap', uptimeWrapMs - 2_000, 3_000, 5_000, 'wrapped'],
    ['what is left after the wrap, an hour later', uptimeWrapMs - 2_000, hourMs - 2_000, hourMs, 'wrapped'],
    ['less than is left after the wrap', uptimeWrapMs - 2_000, hourMs / 2, hourMs, 'restarted'],
    ['more than before, and yet less than the silence lasted', 60_000, 90_000, hourMs, 'restarted'],
  ])('%s', (_, before, after, elapsedMs, step) => {
    expect(uptimeStep(value(before, 1_000), value(after, 1_000 + elapsedMs))).toBe(step);
  });

  it('is never a restart while the machine runs, nor a wrap', () => {
    const pauses = fc.array(fc.integer({ min: 200, max: 20 * hourMs }), { minLength: 1, maxLength: 50 });
    const start = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((ticks) => ticks * 10);
    fc.assert(
      fc.property(start, pauses, (startMs, elapsed) => {
        let track = observeUptime(null, startMs, 0).track;
        let nowMs = 0;
        for (const ms of elapsed) {
          nowMs += ms;
          const next = observeUptime(track, Math.floor(((startMs + nowMs) % uptimeWrapMs) / 10) * 10, nowMs);
          expect(next.restarted).toBe(false);
          track = next.track;
        }
        const upMs = (track?.uptimeMs ?? 0) + (track?.wraps ?? 0) * uptimeWrapMs;
        expect(Math.abs(upMs - startMs - nowMs)).toBeLessThanOrEqual(10);
      }),
    );
  });

  it('is a restart whenever the machine was down in between, however long it had run', () => {
    const ms = fc.integer({ min: 30_000, max: 30 * hourMs });
    fc.assert(
      fc.property(ms, ms, fc.integer({ min: 0, max: 30_000 }), (upMs, silentMs, backMs) => {
        fc.pre(backMs < silentMs * 0.98 - 12_000);
        expect(uptimeStep(value(upMs, 0), value(backMs, silentMs))).toBe('restarted');
      }),
    );
  });
});

describe('machineUptimeMs', () => {
  it('counts wraps', () => {
    expect(machineUptimeMs(5_000, 4_000)).toBe(5_000);
    expect(machineUptimeMs(5_000, 4_000, 2)).toBe(5_000 + 2 * uptimeWrapMs);
    expect(machineUptimeMs(null, 4_000)).toBeNull();
  });

  it('knows of a wrap by an agent that is up for longer than its machine', () => {
    expect(machineUptimeMs(120_000, uptimeWrapMs - 60_000)).toBe(120_000 + uptimeWrapMs);
  });
});
