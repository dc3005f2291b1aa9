import type { Channel, ChannelSettings, WebhookChannel } from '../../domain/alerts/delivery/channel-settings';
import { wantedAlerts } from '../../domain/alerts/delivery/wanted-notice';
import type { AlertList, AlertNotice } from '../../domain/model/alert';
import type { ChannelStatus, Undelivered } from '../../domain/model/channel-status';
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
  secrets: SecretResolver;
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

/** Delivers notices by all configured channels. A channel that fails never delays another one, nor the monitoring. */
export class Channels {
  readonly #outbox: Outbox;
  readonly #notices: NoticeWorker[] = [];
  readonly #deadMen: DeadManWorker[] = [];
  readonly #cancelRepeat: () => void;

  constructor(private readonly options: ChannelsOptions) {
    this.#outbox = new Outbox(options.outboxFile, options.clock);
    this.#outbox.retain(new Set(options.settings.channels.map(({ name }) => name)));
    for (const channel of options.settings.channels) this.#add(channel);
    this.#cancelRepeat = every(options.clock, repeatMs, () => void this.#repeat());
  }

  take(notice: AlertNotice): void {
    for (const worker of this.#notices) worker.take(notice);
  }

  statuses(): ChannelStatus[] {
    const byName = new Map(
      [...this.#notices, ...this.#deadMen].map((worker) => [worker.status().name, worker.status()]),
    );
    return this.options.settings.channels.flatMap(({ name }) => byName.get(name) ?? []);
  }

  undelivered(): Undelivered[] {
    return this.#outbox.undelivered();
  }

  /** False: there is no such notice. */
  sendAgain(channel: string, noticeId: string): boolean {
    const isThere = this.#outbox.sendAgain(channel, noticeId);
    for (const worker of this.#notices) worker.wake();
    return isThere;
  }

  /** Sends a test by a channel. @throws DeliveryFailure */
  async test(name: string): Promise<void> {
    const notice = testNotice(Math.round(this.options.clock.nowMs()));
    const worker = [...this.#notices, ...this.#deadMen].find((one) => one.status().name === name);
    if (!worker) throw new DeliveryFailure('there is no channel of this name', false);
    await worker.test(notice);
  }

  async stop(): Promise<void> {
    this.#cancelRepeat();
    await Promise.all([...this.#notices, ...this.#deadMen].map((worker) => worker.stop()));
  }

  #add(channel: Channel): void {
    const { secrets, clock, random, isAllowedHost, monitor } = this.options;
    const where = whereOf(channel);
    if (channel.kind === 'dead-man') {
      const { caFile } = channel;
      const postTo = async (body: string): Promise<void> =>
        post({ url: await urlOf(channel, secrets, isAllowedHost), headers: {}, body, caFile });
      this.#deadMen.push(new DeadManWorker({ channel, where, clock, monitor, post: postTo }));
      return;
    }
    const deliver = (notice: AlertNotice): Promise<void> =>
      channel.kind === 'mail'
        ? sendMail(notice, channel, secrets)
        : sendWebhook(notice, channel, secrets, isAllowedHost, clock.nowMs());
    this.#notices.push(new NoticeWorker({ channel, where, outbox: this.#outbox, clock, random, deliver }));
  }

  /** Repeats what is open to Alertmanager. A failure shows with the next notice, so it is none here. */
  async #repeat(): Promise<void> {
    const { settings, secrets, isAllowedHost, clock, alerts } = this.options;
    const receivers = settings.channels.filter(
      (channel): channel is WebhookChannel =>
        channel.kind === 'webhook' && channel.format === 'alertmanager-api',
    );
    if (receivers.length === 0) return;
    const nowMs = Math.round(clock.nowMs());
    const open = alerts().alerts.filter(({ state, held }) => state === 'open' && held === null);
    for (const channel of receivers) {
      const wanted = wantedAlerts(open, channel);
      if (wanted.length === 0) continue;
      const notice = { ...testNotice(nowMs), id: `repeat-${nowMs}`, alerts: wanted };
      await sendWebhook(notice, channel, secrets, isAllowedHost, nowMs).catch(() => undefined);
    }
  }
}

/** The host of a channel, for people. */
function whereOf(channel: Channel): string {
  if (channel.kind === 'mail') return channel.host;
  return channel.url === undefined ? 'a secret URL' : new URL(channel.url).host;
}
