import TinyQueue from 'tinyqueue';
import type { Clock } from '../../../../monitor/base/clock';

interface Alarm {
  dueMs: number;
  callback: (() => void) | null;
}

/** So many turns of the microtask queue let every promise that is ready run. */
const settlingTurns = 24;

/** Time that passes as fast as the work in it is done. Wall and monotonic time go together. */
export class VirtualClock implements Clock {
  #monotonicMs = 0;
  readonly #alarms = new TinyQueue<Alarm>([], (a, b) => a.dueMs - b.dueMs);

  constructor(private readonly startMs: number) {}

  /** Whole milliseconds, as the system's wall clock has. */
  nowMs(): number {
    return Math.floor(this.startMs + this.#monotonicMs);
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const alarm: Alarm = { dueMs: this.#monotonicMs + Math.max(0, delayMs), callback };
    this.#alarms.push(alarm);
    return () => {
      alarm.callback = null;
    };
  }

  /** Waits in virtual time. */
  async wait(delayMs: number): Promise<void> {
    await new Promise<void>((resolve) => this.after(delayMs, resolve));
  }

  /** Lets time pass, alarm by alarm, until `done` has settled. What an alarm starts may go on before the next one. */
  async runUntil(done: Promise<unknown>): Promise<void> {
    let over = false;
    const end = (): void => {
      over = true;
    };
    void done.then(end, end);
    await settle();
    while (!over) {
      const alarm = this.#alarms.pop();
      if (!alarm) throw new Error('Nothing is due any more, and the run is not over.');
      if (!alarm.callback) continue;
      this.#monotonicMs = Math.max(this.#monotonicMs, alarm.dueMs);
      alarm.callback();
      await settle();
    }
    await done;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < settlingTurns; turn += 1) await Promise.resolve();
}
