import type { AnchorStanding } from '../../domain/model/snapshot';
import type { Anchor } from '../chain/anchor';

/** A place outside the history that stores its heads: a file on another disk, a server. */
export interface AnchorPlace {
  /** The name of the file or server, for people. */
  where: string;
  /** Rejects with an Error whose message says why it could not be stored. */
  put(anchor: Anchor): Promise<void>;
}

/** Longer than the time limit of a server request, shorter than Heron waits when it closes. */
const defaultWaitMs = 6_000;

/** Sends anchors to one place, and reports how that went. */
export class AnchorPublisher {
  private keptMs: number | null = null;
  private failure: string | null = null;
  private inProgress = false;

  constructor(
    private readonly place: AnchorPlace,
    private readonly waitMs = defaultWaitMs,
  ) {}

  standing(): AnchorStanding {
    return { where: this.place.where, keptMs: this.keptMs, failure: this.failure };
  }

  /**
   * Sends an anchor. Resolves when it is stored, was refused, or took longer than `waitMs`; never rejects. An unreachable disk
   * may never answer: until it does, nothing more is sent, since each attempt would occupy a thread of Node's pool.
   */
  async publish(anchor: Anchor): Promise<void> {
    if (this.inProgress) return;
    this.inProgress = true;
    let late = false;
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        late = true;
        this.failure = `there was no answer within ${this.waitMs / 1000} s.`;
        resolve();
      }, this.waitMs);
    });
    const putting = this.put(anchor).then((failure) => {
      this.inProgress = false;
      if (failure === null) this.keptMs = anchor.atMs;
      // A late success is stored, but anchors after it were skipped: only the next one in time clears the failure.
      if (failure !== null || !late) this.failure = failure;
    });
    await Promise.race([putting, waited]);
    clearTimeout(timer);
  }

  /** Null: stored. Otherwise why not. */
  private async put(anchor: Anchor): Promise<string | null> {
    try {
      await this.place.put(anchor);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
