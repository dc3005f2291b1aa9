import type { DeadManChannel } from '../../domain/alerts/delivery/channel-settings';
import type { ChannelStatus } from '../../domain/model/channel-status';
import type { MonitorStatus } from '../../domain/model/snapshot';
import type { Clock } from '../base/clock';
import { countFault } from '../log/guard';
import { DeliveryFailure } from './delivery-failure';

export interface DeadManOptions {
  channel: DeadManChannel;
  where: string;
  clock: Clock;
  /** Null: no monitor runs. */
  monitor: () => Pick<MonitorStatus, 'state' | 'edgesPolled' | 'edgesAnswered'> | null;
  /** @throws DeliveryFailure */
  post: (body: string) => Promise<void>;
}

/**
 * Reports at an interval that Heron monitors, so that others notice when it does not any more. While polling has stalled nothing is
 * posted: the process alone is no sign of monitoring.
 */
export class DeadManWorker {
  #cancel: (() => void) | null = null;
  #inFlight: Promise<void> | null = null;
  #isStopped = false;
  #lastSuccessMs: number | null = null;
  #lastFailure: ChannelStatus['lastFailure'] = null;

  constructor(private readonly options: DeadManOptions) {
    this.#arm(0);
  }

  /** Posts once now, for a person who tests the channel. @throws DeliveryFailure */
  async test(): Promise<void> {
    await this.#post();
    if (this.#lastFailure && this.#lastFailure.atMs > (this.#lastSuccessMs ?? -Infinity))
      throw new DeliveryFailure(this.#lastFailure.words, true);
  }

  status(): ChannelStatus {
    const { channel, where } = this.options;
    const isFailing = (this.#lastFailure?.atMs ?? -Infinity) > (this.#lastSuccessMs ?? -Infinity);
    return {
      name: channel.name,
      kind: channel.kind,
      where,
      state: isFailing ? 'failing' : this.#lastSuccessMs === null ? 'unused' : 'working',
      lastSuccessMs: this.#lastSuccessMs,
      lastFailure: this.#lastFailure,
      waiting: 0,
      tries: 0,
      nextTryMs: null,
      failed: 0,
    };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#inFlight;
  }

  #arm(delayMs: number): void {
    if (this.#isStopped) return;
    this.#cancel = this.options.clock.after(delayMs, () => {
      this.#inFlight = this.#post().finally(() => {
        this.#inFlight = null;
        this.#arm(this.options.channel.intervalMs);
      });
    });
  }

  async #post(): Promise<void> {
    const { clock, monitor, post } = this.options;
    const status = monitor();
    if (status === null || status.state === 'stalled') {
      this.#fail('no sign of life is posted, because polling has stalled');
      return;
    }
    const { state, edgesPolled, edgesAnswered } = status;
    const time = new Date(clock.nowMs()).toISOString();
    try {
      await post(JSON.stringify({ type: 'heron-alive', time, state, edgesPolled, edgesAnswered }));
      this.#lastSuccessMs = Math.round(clock.nowMs());
    } catch (fault) {
      if (!(fault instanceof DeliveryFailure)) countFault('channel dead-man', fault);
      this.#fail(fault instanceof DeliveryFailure ? fault.words : 'an error in Heron prevented it');
    }
  }

  #fail(words: string): void {
    this.#lastFailure = { atMs: Math.round(this.options.clock.nowMs()), words };
  }
}
