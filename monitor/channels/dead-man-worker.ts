import type { DeadManChannel } from '../../domain/alerts/delivery/channel-settings';
import type { ChannelStatus } from '../../domain/model/channel-status';
import type { MonitorStatus } from '../../domain/model/snapshot';
import type { Clock } from '../base/clock';
import { countFault } from '../log/guard';
import { DeliveryFailure } from './delivery-failure';
import type { DeliveryJournal } from './delivery-journal';
import { RepeatedWork } from './repeated-work';

export interface DeadManOptions {
  channel: DeadManChannel;
  where: string;
  clock: Clock;
  journal: DeliveryJournal;
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
  readonly #repeated: RepeatedWork;

  constructor(private readonly options: DeadManOptions) {
    this.#repeated = new RepeatedWork(options.clock, options.channel.intervalMs, () => this.#post());
  }

  /** Posts from now on. */
  start(): void {
    this.#repeated.start();
  }

  /** Posts once now, for a person who tests the channel. @throws DeliveryFailure */
  async test(): Promise<void> {
    const failure = await this.#post();
    if (failure !== null) throw new DeliveryFailure(failure, true);
  }

  status(): ChannelStatus {
    const { channel, where, journal } = this.options;
    const { lastSuccessMs, lastFailure } = journal.resultOf(channel.name);
    const isFailing = (lastFailure?.atMs ?? -Infinity) > (lastSuccessMs ?? -Infinity);
    return {
      name: channel.name,
      kind: channel.kind,
      where,
      state: isFailing ? 'failing' : lastSuccessMs === null ? 'unused' : 'working',
      lastSuccessMs,
      lastFailure,
      waiting: 0,
      tries: 0,
      nextTryMs: null,
      failed: 0,
    };
  }

  stop(): Promise<void> {
    return this.#repeated.stop();
  }

  /** Resolves to why it was not posted; null: it was. */
  async #post(): Promise<string | null> {
    const { channel, clock, monitor, post, journal } = this.options;
    const status = monitor();
    if (status === null) return this.#fail('no sign of life is posted, because nothing is monitored');
    if (status.state === 'stalled')
      return this.#fail('no sign of life is posted, because polling has stalled');
    const { state, edgesPolled, edgesAnswered } = status;
    const time = new Date(clock.nowMs()).toISOString();
    try {
      await post(JSON.stringify({ type: 'heron-alive', time, state, edgesPolled, edgesAnswered }));
      journal.succeeded(channel.name, clock.nowMs());
      return null;
    } catch (fault) {
      if (!(fault instanceof DeliveryFailure)) countFault('channel dead-man', fault);
      return this.#fail(fault instanceof DeliveryFailure ? fault.words : 'an error in Heron prevented it');
    }
  }

  #fail(words: string): string {
    const { channel, clock, journal } = this.options;
    journal.failed(channel.name, clock.nowMs(), words);
    return words;
  }
}
