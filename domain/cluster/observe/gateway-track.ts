import type { ProbeResult, UserPathView } from '../../model/probe';
import { thresholds } from '../../model/thresholds';

/**
 * Whether the default gateway of a cluster answers Heron. One that has never answered counts for nothing, because many drop what is
 * not for them.
 */
export class GatewayTrack {
  #hasAnswered = false;
  #failures = 0;

  observe({ outcome }: ProbeResult): void {
    if (outcome === 'not-tried' || outcome === 'intercepted') return;
    if (outcome === 'answered') this.#hasAnswered = true;
    this.#failures = outcome === 'answered' ? 0 : this.#failures + 1;
  }

  get state(): UserPathView['gateway'] {
    if (!this.#hasAnswered) return 'unknown';
    if (this.#failures === 0) return 'answers';
    return this.#failures >= thresholds.gatewayFailures ? 'silent' : 'unknown';
  }
}
