import type { DeskOutcome } from '../../domain/model/desk';
import { log } from '../../monitor/log/log';

/** The last success and the last failure of one way of notifying. */
export class Outcome {
  current: DeskOutcome = { lastSuccessMs: null, lastFailure: null };

  constructor(
    private readonly what: string,
    private readonly nowMs: () => number,
    private readonly changed: () => void,
  ) {}

  succeeded(): void {
    this.current = { ...this.current, lastSuccessMs: Math.round(this.nowMs()) };
    this.changed();
  }

  failed(words: string): void {
    log.warn(`${this.what} failed: ${words}`);
    this.current = { ...this.current, lastFailure: { atMs: Math.round(this.nowMs()), words } };
    this.changed();
  }
}
