import type { AnchorStanding } from '../../domain/model/snapshot';
import type { Anchor } from '../chain/anchor';

/** Somewhere off the history where its heads are kept: a file on another disk, a server. */
export interface AnchorPlace {
  /** For people: the file's name, the server's. */
  where: string;
  /** Rejects with an Error whose message says why it could not be kept. */
  put(anchor: Anchor): Promise<void>;
}

/** Longer than a server's own time limit, shorter than Heron waits when it ends. */
const defaultWaitMs = 6_000;

/** One place, and what became of the anchors that were sent there. */
export class AnchorPublisher {
  private keptMs: number | null = null;
  private failure: string | null = null;
  private underWay = false;

  constructor(
    private readonly place: AnchorPlace,
    private readonly waitMs = defaultWaitMs,
  ) {}

  standing(): AnchorStanding {
    return { where: this.place.where, keptMs: this.keptMs, failure: this.failure };
  }

  /**
   * Sends an anchor. Resolves when it is kept, could not be kept, or took longer than `waitMs`; never rejects. A disk that is away
   * may never answer: while it has not, it is asked nothing more, for each question would hold a thread of Node's.
   */
  async keep(anchor: Anchor): Promise<void> {
    if (this.underWay) return;
    this.underWay = true;
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
      this.underWay = false;
      if (failure === null) this.keptMs = anchor.atMs;
      // What came late is kept, but later ones were not: the next in time says that all is well again.
      if (failure !== null || !late) this.failure = failure;
    });
    await Promise.race([putting, waited]);
    clearTimeout(timer);
  }

  /** Null: it is kept. Otherwise why not. */
  private async put(anchor: Anchor): Promise<string | null> {
    try {
      await this.place.put(anchor);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
