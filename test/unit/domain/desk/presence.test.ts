import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  observePresence,
  presenceAfterStart,
  type Presence,
  type PresenceSample,
} from '../../../../domain/desk/presence';
import { deskTimes } from '../../../../domain/model/thresholds';

const t0 = Date.UTC(2026, 11, 1, 8);
const minute = 60_000;
const looking = (nowMs: number, idleMs = 0): PresenceSample => ({
  nowMs,
  idleMs,
  isLocked: false,
  isShown: true,
});
const hidden = (nowMs: number): PresenceSample => ({ ...looking(nowMs), isShown: false });
const locked = (nowMs: number): PresenceSample => ({ ...looking(nowMs), isLocked: true });
const follow = (...samples: PresenceSample[]): Presence | null =>
  samples.reduce<Presence | null>(observePresence, null);

describe('presence', () => {
  it('finds nothing unseen by a person who looks for the first time', () => {
    expect(follow(looking(t0))).toEqual({ lookedMs: t0, wasHidden: false, unseen: null });
  });

  it('counts a computer that nobody used for five minutes, up to the last input', () => {
    const back = t0 + 7 * minute;
    expect(follow(looking(t0), looking(t0 + 4 * minute, 4 * minute), looking(back))?.unseen).toEqual({
      fromMs: t0,
      toMs: back,
    });
    expect(follow(looking(t0), looking(t0 + 4 * minute))?.unseen).toBeNull();
  });

  it('counts a hidden window and a locked screen from the moment they began', () => {
    for (const sample of [hidden, locked]) {
      const back = t0 + minute + 40_000;
      expect(follow(looking(t0), sample(t0 + minute), looking(back))?.unseen).toEqual({
        fromMs: t0 + minute,
        toMs: back,
      });
      expect(follow(looking(t0), sample(t0 + minute), looking(t0 + minute + 10_000))?.unseen).toBeNull();
    }
  });

  it('keeps the beginning of what is unseen over several absences', () => {
    const end = t0 + 60 * minute;
    const presence = follow(looking(t0), looking(t0 + 20 * minute), looking(end));
    expect(presence?.unseen).toEqual({ fromMs: t0, toMs: end });
  });

  it('counts the time in which Heron did not run', () => {
    const stored = follow(looking(t0));
    const after = observePresence(presenceAfterStart(stored ?? expect.fail()), looking(t0 + minute));
    expect(after.unseen).toEqual({ fromMs: t0, toMs: t0 + minute });
  });

  it('goes on after the clock was set back', () => {
    const presence = follow(looking(t0), looking(t0 - 60 * minute), looking(t0 - 50 * minute));
    expect(presence?.unseen).toEqual({ fromMs: t0 - 60 * minute, toMs: t0 - 50 * minute });
  });

  it('loses no absence, whatever the samples are', () => {
    const sample = fc.record({
      stepMs: fc.integer({ min: 1, max: 20 * minute }),
      idleMs: fc.integer({ min: 0, max: 20 * minute }),
      isLocked: fc.boolean(),
      isShown: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 60 }), (steps) => {
        let nowMs = t0;
        let presence = observePresence(null, looking(nowMs));
        let inputMs = t0;
        for (const { stepMs, idleMs, isLocked, isShown } of steps) {
          nowMs += stepMs;
          const before = presence;
          presence = observePresence(before, { nowMs, idleMs: Math.min(idleMs, stepMs), isLocked, isShown });
          const isLooking = isShown && !isLocked;
          if (isLooking && nowMs - Math.min(idleMs, stepMs) - inputMs >= deskTimes.idleAwayMs)
            expect(presence.unseen?.toMs).toBe(nowMs);
          if (isLooking || !before.wasHidden) inputMs = Math.max(inputMs, presence.lookedMs);
          expect(presence.lookedMs).toBeGreaterThanOrEqual(before.lookedMs);
          expect(presence.lookedMs).toBeLessThanOrEqual(nowMs);
          // What is unseen never shrinks by itself.
          if (before.unseen) expect(presence.unseen?.fromMs).toBe(before.unseen.fromMs);
        }
      }),
    );
  });
});
