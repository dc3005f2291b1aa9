/** An agent is accused only when loss explains its silence with a lower probability than this. */
const lossChance = 1e-4;
const minDiscoveries = 2;

/**
 * Tells an agent that drops requests (wrong community, wrong privacy key, access rule) from a slow or lossy path. Both are silent; but
 * the former answers each discovery and has never answered a request.
 */
export class RefusalEvidence {
  private discoveriesSent = 0;
  private discoveriesAnswered = 0;
  private requestsUnanswered = 0;
  private proven = false;

  /** A discovery was sent, and perhaps answered. */
  discovery(answered: boolean): void {
    this.discoveriesSent += 1;
    if (answered) this.discoveriesAnswered += 1;
  }

  /** So many sendings of a request were not answered. */
  unanswered(sendings: number): void {
    this.requestsUnanswered += sendings;
  }

  /** A request was answered: credentials are right. */
  answered(): void {
    this.proven = true;
  }

  get isProven(): boolean {
    return this.proven;
  }

  /** Whether the agent drops the requests, as far as can be known. */
  get isConclusive(): boolean {
    if (this.proven || this.discoveriesAnswered < minDiscoveries) return false;
    // One more counts as lost, so that a few answered ones do not rule out loss.
    const lossRate = 1 - this.discoveriesAnswered / (this.discoveriesSent + 1);
    return lossRate ** this.requestsUnanswered < lossChance;
  }
}
