import { isDeepStrictEqual } from 'node:util';
import type { Channel, ChannelSettings, WebhookChannel } from '../../domain/alerts/delivery/channel-settings';
import { wantedAlerts } from '../../domain/alerts/delivery/wanted-notice';
import type { AlertList, AlertNotice } from '../../domain/model/alert';
import type { ChannelStatus, NoticeDelivery, Undelivered } from '../../domain/model/channel-status';
import { every, type Clock } from '../base/clock';
import type { SecretResolver } from '../secrets/secret-resolver';
import { DeadManWorker, type DeadManOptions } from './dead-man-worker';
import { DeliveryFailure } from './delivery-failure';
import { NoticeWorker } from './notice-worker';
import { Outbox } from './outbox';
import { post } from './post';
import { sendMail } from './send-mail';
import { sendWebhook, urlOf, type AllowedHost } from './send-webhook';
import { testNotice } from './test-notice';

/** Alertmanager resolves what is not repeated within its resolve_timeout, which is five minutes unless it is configured. */
const repeatMs = 60_000;

export interface ChannelsOptions {
  settings: ChannelSettings;
  /** The secrets that a channel may have. */
  secretsOf: (channel: Channel) => SecretResolver;
  clock: Clock;
  random: () => number;
  /** Where notices that are not delivered yet are kept; null: in memory only. */
  outboxFile: string | null;
  isAllowedHost: AllowedHost;
  /** The present alerts, for receivers that want them repeated. */
  alerts: () => AlertList;
  /** Null: no monitor runs. */
  monitor: DeadManOptions['monitor'];
}

type Worker = NoticeWorker | DeadManWorker;

/** Delivers notices by all configured channels. A channel that fails never delays another one, nor the monitoring. */
export class Channels {
  readonly #outbox: Outbox;
  #running: { channel: Channel; worker: Worker }[] = [];
  /** Workers of earlier settings whose last delivery has not ended. */
  readonly #ending = new Set<Promise<void>>();
  readonly #cancelRepeat: () => void;

  constructor(private readonly options: ChannelsOptions) {
    this.#outbox = new Outbox(options.outboxFile, options.clock);
    this.replace(options.settings);
    this.#cancelRepeat = every(options.clock, repeatMs, () => void this.#repeat());
  }

  /**
   * Delivers by these channels from now on. One that is the same goes on; another one begins once the last delivery of the channel that it replaces
   * has ended, so that nothing is delivered by both. `renamed`: what waits for a channel stays, under its new name.
   */
  replace(settings: ChannelSettings, renamed: { from: string; to: string } | null = null): void {
    const before = this.#running;
    if (renamed && renamed.from !== renamed.to) this.#outbox.rename(renamed.from, renamed.to);
    this.#outbox.retain(new Set(settings.channels.map(({ name }) => name)));
    this.#running = settings.channels.map(
      (channel) =>
        before.find((one) => isDeepStrictEqual(one.channel, channel)) ?? {
          channel,
          worker: this.#workerOf(channel),
        },
    );
    const ended = before.filter((one) => !this.#running.includes(one));
    const allEnded = Promise.all(ended.map(({ worker }) => worker.stop())).then(() => undefined);
    this.#ending.add(allEnded);
    const added = this.#running.filter((one) => !before.includes(one));
    if (ended.length === 0) for (const { worker } of added) worker.start();
    void allEnded.finally(() => {
      this.#ending.delete(allEnded);
      if (ended.length > 0) for (const { worker } of added) worker.start();
    });
  }

  take(notice: AlertNotice): void {
    for (const { worker } of this.#running) if (worker instanceof NoticeWorker) worker.take(notice);
  }

  /** How each channel is doing, in the order of the settings. */
  statuses(): ChannelStatus[] {
    return this.#running.map(({ worker }) => worker.status());
  }

  /** What became of the latest notice of a group of alerts, by each channel that delivers notices. */
  deliveries(groupId: string): NoticeDelivery[] {
    return this.#running.flatMap(({ worker }) =>
      worker instanceof NoticeWorker ? [worker.delivery(groupId)] : [],
    );
  }

  undelivered(): Undelivered[] {
    return this.#outbox.undelivered();
  }

  /** False: there is no such notice. */
  sendAgain(channel: string, noticeId: string): boolean {
    const isThere = this.#outbox.sendAgain(channel, noticeId);
    for (const { worker } of this.#running) if (worker instanceof NoticeWorker) worker.wake();
    return isThere;
  }

  /** Forgets a notice that was given up; false: there is none. */
  forget(channel: string, noticeId: string): boolean {
    return this.#outbox.forget(channel, noticeId);
  }

  /** Sends a test by a channel. @throws DeliveryFailure */
  async test(name: string): Promise<void> {
    const notice = testNotice(Math.round(this.options.clock.nowMs()));
    const found = this.#running.find(({ channel }) => channel.name === name);
    if (!found) throw new DeliveryFailure('there is no channel of this name', false);
    await found.worker.test(notice);
  }

  async stop(): Promise<void> {
    this.#cancelRepeat();
    await Promise.all([...this.#running.map(({ worker }) => worker.stop()), ...this.#ending]);
  }

  #workerOf(channel: Channel): Worker {
    const { clock, random, isAllowedHost, monitor } = this.options;
    const secrets = this.options.secretsOf(channel);
    const where = whereOf(channel);
    if (channel.kind === 'dead-man') {
      const { caFile } = channel;
      const postTo = async (body: string): Promise<void> =>
        post({ url: await urlOf(channel, secrets, isAllowedHost), headers: {}, body, caFile });
      const { journal } = this.#outbox;
      return new DeadManWorker({ channel, where, clock, journal, monitor, post: postTo });
    }
    const deliver = (notice: AlertNotice): Promise<void> =>
      channel.kind === 'mail'
        ? sendMail(notice, channel, secrets)
        : sendWebhook(notice, channel, secrets, isAllowedHost, clock.nowMs());
    return new NoticeWorker({ channel, where, outbox: this.#outbox, clock, random, deliver });
  }

  /** Repeats what is open to Alertmanager. A failure shows with the next notice, so it is none here. */
  async #repeat(): Promise<void> {
    const { secretsOf, isAllowedHost, clock, alerts } = this.options;
    const receivers = this.#running.flatMap(({ channel }) => (isAlertmanager(channel) ? [channel] : []));
    if (receivers.length === 0) return;
    const nowMs = Math.round(clock.nowMs());
    const open = alerts().alerts.filter(({ state, held }) => state === 'open' && held === null);
    for (const channel of receivers) {
      const wanted = wantedAlerts(open, channel);
      if (wanted.length === 0) continue;
      const notice = { ...testNotice(nowMs), id: `repeat-${nowMs}`, alerts: wanted };
      await sendWebhook(notice, channel, secretsOf(channel), isAllowedHost, nowMs).catch(() => undefined);
    }
  }
}

function isAlertmanager(channel: Channel): channel is WebhookChannel {
  return channel.kind === 'webhook' && channel.format === 'alertmanager-api';
}

/** The host of a channel, for people. */
function whereOf(channel: Channel): string {
  if (channel.kind === 'mail') return channel.host;
  return channel.url === undefined ? 'a secret URL' : new URL(channel.url).host;
}
