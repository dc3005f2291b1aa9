import type { HeronEvent } from '../../domain/model/event';
import { every, type Clock } from '../base/clock';

/** A period in which Heron could not monitor. Wall-clock milliseconds. */
export interface MonitoringGap {
  reason: Extract<HeronEvent, { type: 'gap' }>['reason'];
  words: string;
  fromMs: number;
  toMs: number;
  /** The clusters that could not be monitored; absent: all. */
  clusters?: { id: string; name: string }[];
}

const tickMs = 500;
/** A tick later than this means that the process stalled, and that time-outs of pending polls say nothing. */
const lateMs = 1_000;
const suspendedMs = 5_000;
const clockStepMs = 1_500;

/**
 * Checks that this process runs on time, by a tick on the monotonic clock. A late tick means that the process did not run
 * (suspended, stopped or busy); wall and monotonic clock drifting apart mean that the machine slept or its clock was set.
 */
export class SelfMonitor {
  readonly #clock: Clock;
  readonly #onGap: (gap: MonitoringGap) => void;
  #lastMonotonicMs: number;
  #lastWallMs: number;
  #stalledUntilMonotonicMs = -Infinity;
  #lateMs = 0;
  #isSleepAnnounced = false;
  readonly #cancel: () => void;

  constructor(clock: Clock, onGap: (gap: MonitoringGap) => void) {
    this.#clock = clock;
    this.#onGap = onGap;
    this.#lastMonotonicMs = clock.monotonicMs();
    this.#lastWallMs = clock.nowMs();
    this.#cancel = every(clock, tickMs, () => this.#tick());
  }

  /** How late the last tick was, milliseconds. */
  get lagMs(): number {
    return this.#lateMs;
  }

  /**
   * Whether the process stalled after `startedMonotonicMs`: then a time-out since then says nothing. The elapsed time counts too,
   * because this may be called before the late tick has run.
   */
  stalledSince(startedMonotonicMs: number): boolean {
    const sinceTickMs = this.#clock.monotonicMs() - this.#lastMonotonicMs;
    if (sinceTickMs > tickMs + lateMs) return true;
    return this.#stalledUntilMonotonicMs >= startedMonotonicMs;
  }

  /** The system is about to suspend this computer: a standstill from now on is its sleep. */
  announceSleep(): void {
    this.#isSleepAnnounced = true;
  }

  /** The system has resumed. The standstill is measured now, or was by a tick that came earlier. */
  endSleep(): void {
    this.#tick();
    this.#isSleepAnnounced = false;
  }

  stop(): void {
    this.#cancel();
  }

  #tick(): void {
    const monotonicMs = this.#clock.monotonicMs();
    const wallMs = this.#clock.nowMs();
    const ranMs = monotonicMs - this.#lastMonotonicMs;
    const stepMs = wallMs - this.#lastWallMs - ranMs;
    this.#lateMs = Math.max(0, ranMs - tickMs);
    if (this.#lateMs > lateMs || Math.abs(stepMs) > clockStepMs) this.#stalledUntilMonotonicMs = monotonicMs;
    const lastWallMs = this.#lastWallMs;
    this.#lastMonotonicMs = monotonicMs;
    this.#lastWallMs = wallMs;
    const cause = this.#causeOfGap(stepMs, wallMs - lastWallMs);
    if (cause) this.#onGap({ ...cause, fromMs: Math.min(lastWallMs, wallMs), toMs: wallMs });
  }

  #causeOfGap(stepMs: number, wallPassedMs: number): Pick<MonitoringGap, 'reason' | 'words'> | null {
    if (this.#isSleepAnnounced && (this.#lateMs > lateMs || stepMs > clockStepMs)) {
      this.#isSleepAnnounced = false;
      return { reason: 'suspended', words: `This computer slept for ${Math.round(wallPassedMs / 1000)} s.` };
    }
    // Linux stops the monotonic clock while a laptop sleeps, so a sleep shows as a forward step.
    if (this.#lateMs > suspendedMs || stepMs > suspendedMs) {
      const seconds = Math.round(wallPassedMs / 1000);
      const words = `This computer slept, or Heron was stopped, for ${seconds} s (or its clock was set forward).`;
      return { reason: 'suspended', words };
    }
    if (Math.abs(stepMs) > clockStepMs) {
      const seconds = (Math.abs(stepMs) / 1000).toFixed(1);
      const words = `This computer’s clock was set ${stepMs > 0 ? 'forward' : 'back'} by ${seconds} s.`;
      return { reason: 'clock-stepped', words };
    }
    if (this.#lateMs <= lateMs) return null;
    const words = `Heron was too busy to poll for ${(this.#lateMs / 1000).toFixed(1)} s.`;
    return { reason: 'event-loop-late', words };
  }
}
