import { log } from '../monitor/log/log';
import { faultInWords } from '../monitor/log/uncaught';
import { RestartLimit } from './window/restart-limit';

/** An error is recorded and logged again after this long. */
const recordAgainMs = 600_000;
const mostRemembered = 100;
/** More errors than this within a minute mean that the process cannot go on as it is. */
const tolerated = 20;
const windowMs = 60_000;

export interface MainFaultActions {
  /** Records an error in the history. */
  record(words: string): void;
  /** Starts Heron again because of an error, unless that was done too often. Called once. */
  restart(words: string): void;
}

/** What becomes of errors in the main process that nothing caught: monitoring goes on, and Heron starts again when there are too many. */
export class MainFaults {
  readonly #limit = new RestartLimit(tolerated, windowMs);
  readonly #recordedMs = new Map<string, number>();
  /** Heron starts again already, or did so too often. */
  #isDecided = false;

  constructor(
    private readonly actions: MainFaultActions,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  handle(fault: unknown): void {
    const words = faultInWords(fault);
    const nowMs = this.monotonicMs();
    if (nowMs - (this.#recordedMs.get(words) ?? -Infinity) >= recordAgainMs) {
      if (this.#recordedMs.size >= mostRemembered) this.#recordedMs.clear();
      this.#recordedMs.set(words, nowMs);
      log.error('Uncaught error; monitoring goes on:', fault);
      this.actions.record(words);
    }
    if (this.#isDecided || this.#limit.allows(nowMs)) return;
    this.#isDecided = true;
    this.actions.restart(words);
  }
}
