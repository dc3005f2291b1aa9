import type { HostGateway } from '../../domain/model/host';
import { every, type Clock } from '../base/clock';
import type { DefaultGateway } from '../host/default-gateway';
import type { HostNetwork } from '../host/host-network';
import type { PathProbe } from './path-probe';

/** How often what is due is looked at, and the gateway is asked while no edge answers. */
const stepMs = 5_000;
/** It is asked this seldom while edges answer, so that its last answer is known when they fall silent. */
const calmProbeMs = 30_000;
const calmLookUpMs = 300_000;
const urgentLookUpMs = 15_000;
const timeoutMs = 1_000;
/** One lost packet is no silence. */
const failuresOfSilence = 2;

export interface OwnGatewayParts {
  network: Pick<HostNetwork, 'defaultGateway'>;
  probe: Pick<PathProbe, 'gateway'>;
  clock: Clock;
  /** Whether no edge answers. */
  isBlind: () => boolean;
}

/**
 * Tests the router by which this computer reaches other networks: when all edges are silent, its silence points to this computer's own
 * network, and its answer beyond that. A router that has never answered says nothing.
 */
export class OwnGateway {
  readonly #cancel: () => void;
  #gateway: DefaultGateway | null = null;
  #isGone = false;
  #lastAnswerMs: number | null = null;
  #failures = 0;
  #isIntercepted = false;
  #isBusy = false;
  #lookedUpMs = -Infinity;
  #probedMs = -Infinity;

  constructor(private readonly parts: OwnGatewayParts) {
    this.#cancel = every(parts.clock, stepMs, () => void this.#step());
    void this.#step();
  }

  /** What is known of it; null: this computer has none. */
  get status(): HostGateway | null {
    if (this.#gateway === null) return null;
    const { address, interfaceName } = this.#gateway;
    return { address, interfaceName, state: this.#state(), lastAnswerMs: this.#lastAnswerMs };
  }

  stop(): void {
    this.#cancel();
  }

  #state(): HostGateway['state'] {
    if (this.#isGone) return 'gone';
    if (this.#lastAnswerMs === null || this.#isIntercepted) return 'untested';
    return this.#failures >= failuresOfSilence ? 'silent' : 'answers';
  }

  async #step(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await this.#doWhatIsDue();
    } finally {
      this.#isBusy = false;
    }
  }

  async #doWhatIsDue(): Promise<void> {
    const { clock, isBlind, network } = this.parts;
    const nowMs = clock.monotonicMs();
    const isUrgent = isBlind() || this.#failures > 0;
    if (nowMs - this.#lookedUpMs >= (isUrgent ? urgentLookUpMs : calmLookUpMs)) {
      this.#lookedUpMs = nowMs;
      this.#apply(await network.defaultGateway());
    }
    if (isUrgent || nowMs - this.#probedMs >= calmProbeMs) {
      this.#probedMs = nowMs;
      await this.#probe();
    }
  }

  #apply(found: DefaultGateway | null): void {
    this.#isGone = found === null && this.#gateway !== null;
    if (found === null) return;
    if (found.address !== this.#gateway?.address) [this.#lastAnswerMs, this.#failures] = [null, 0];
    this.#gateway = found;
  }

  async #probe(): Promise<void> {
    if (this.#gateway === null || this.#isGone) return;
    const { address } = this.#gateway;
    const { outcome } = await this.parts.probe.gateway(this.#gateway, timeoutMs);
    if (address !== this.#gateway.address || outcome === 'not-tried') return;
    this.#isIntercepted = outcome === 'intercepted';
    if (outcome === 'answered') {
      this.#failures = 0;
      this.#lastAnswerMs = this.parts.clock.nowMs();
    } else if (outcome === 'failed') this.#failures += 1;
  }
}
