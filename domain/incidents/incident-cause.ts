import type { Cause, CauseCorrection, FailoverEvent, HeronEvent } from '../model/event';
import type { Reason } from '../model/health';
import { causeAfter, isCorrectionOf } from './corrected-cause';

/** The cause of an incident, with the weight of its evidence. The first of the weightiest is retained. */
export class IncidentCause {
  #known: { cause: Cause; weight: number; failover: FailoverEvent | null } | null = null;

  get cause(): Cause {
    return this.#known?.cause ?? { kind: 'unknown', evidence: [] };
  }

  /**
   * The cause of an incident is that of its first failover, even if unknown; otherwise the problem of an edge; that of a failback
   * only where nothing else happened.
   */
  add(event: HeronEvent): void {
    switch (event.type) {
      case 'failover':
      case 'failback':
        this.#because(event.cause, event.type === 'failover' ? 3 : 1, event);
        break;
      case 'split-brain': {
        const names = event.edgeNames.join(' and ');
        this.#because({ kind: 'unknown', evidence: [`${names} were MASTER at the same time.`] }, 3);
        break;
      }
      case 'cluster-state':
      case 'edge-state': {
        const [first] = event.reasons;
        const isTroubled = event.to === 'down' || event.to === 'degraded' || event.to === 'unknown';
        if (first && isTroubled) this.#because({ kind: causeOfReason(first), evidence: [first.fact] }, 2);
        break;
      }
      default:
    }
  }

  /** Applies a correction of the cause of one of its failovers. */
  correct(correction: CauseCorrection): void {
    const known = this.#known;
    if (known?.failover && isCorrectionOf(correction, known.failover))
      known.cause = causeAfter(correction, known.cause);
  }

  /** That of another incident, which turned out to be part of this one. */
  join(other: IncidentCause): void {
    if (other.#known) this.#because(other.#known.cause, other.#known.weight, other.#known.failover);
  }

  #because(cause: Cause, weight: number, failover: FailoverEvent | null = null): void {
    if (this.#known === null || weight > this.#known.weight) this.#known = { cause, weight, failover };
  }
}

function causeOfReason({ code }: Reason): Cause['kind'] {
  switch (code) {
    case 'silent':
      return 'edge-unreachable';
    case 'lb-stopped':
      return 'lb-stopped';
    case 'proxy-no-link':
      return 'link-cut';
    default:
      return 'unknown';
  }
}
