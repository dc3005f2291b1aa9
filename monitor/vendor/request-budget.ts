import type { Clock } from '../base/clock';
import { readingCancelled } from './vendor-failure';

/** The documented limits of each resource: one request a second and 400 an hour. */
const spacingMs = 1_000;
const windowMs = 60 * 60_000;
const perWindow = 400;
/** A wait that a person may wonder about. */
const longWaitMs = 5_000;

/** Keeps the requests to each resource within the vendor's limits, across restarts: the times of the last hour come from the stored progress. */
export class RequestBudget {
  readonly #times = new Map<string, number[]>();

  constructor(
    private readonly clock: Clock,
    stored: Readonly<Record<string, readonly number[]>> = {},
    private readonly onWait: (delayMs: number, why: string) => void = () => undefined,
  ) {
    for (const [resource, times] of Object.entries(stored)) this.#times.set(resource, [...times]);
  }

  /** Waits until a request to the resource is allowed, and counts it. */
  async take(resource: string, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const delayMs = this.#delayMs(resource);
      if (delayMs <= 0) break;
      if (delayMs > longWaitMs) this.onWait(delayMs, 'The vendor allows 400 requests an hour.');
      await wait(this.clock, delayMs, signal);
    }
    this.#times.set(resource, [...this.#recent(resource), this.clock.nowMs()]);
  }

  /** The answer to the last request came: it reached the vendor now at the latest, which is when the vendor began to count. */
  answered(resource: string): void {
    this.#times.set(resource, [...(this.#times.get(resource) ?? []).slice(0, -1), this.clock.nowMs()]);
  }

  /** The times of the last hour's requests, to be stored. */
  times(): Record<string, number[]> {
    return Object.fromEntries([...this.#times.keys()].map((resource) => [resource, this.#recent(resource)]));
  }

  #delayMs(resource: string): number {
    const times = this.#recent(resource);
    const nowMs = this.clock.nowMs();
    const afterLast = (times.at(-1) ?? -Infinity) + spacingMs - nowMs;
    const oldest = times.at(-perWindow);
    return Math.max(afterLast, oldest === undefined ? 0 : oldest + windowMs - nowMs);
  }

  /** A time in the future is from before a step of the clock, and counts no more. */
  #recent(resource: string): number[] {
    const nowMs = this.clock.nowMs();
    return (this.#times.get(resource) ?? []).filter((time) => time > nowMs - windowMs && time <= nowMs);
  }
}

/** Resolves after `delayMs`; rejects when a person cancels. @throws VendorFailure */
export function wait(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      cancel();
      reject(readingCancelled('While waiting for the vendor.'));
    };
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
