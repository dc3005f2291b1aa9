import { isDeepStrictEqual } from 'node:util';
import type { Channel, ChannelSettings, WebhookChannel } from '../../domain/alerts/delivery/channel-settings';
import { wantedAlerts } from '../../domain/alerts/delivery/wanted-notice';
import type { Alert, AlertNotice } from '../../domain/model/alert';
import type { ChannelStatus, NoticeDelivery, Undelivered } from '../../domain/model/channel-status';
import type { AlertService } from '../alerts/alert-service';
import { every, type Clock } from '../base/clock';
import type { SecretResolver } from '../secrets/secret-resolver';
import { DeadManWorker, type DeadManOptions } from './dead-man-worker';
import { DeliveryFailure } from './delivery-failure';
import { NoticeWorker } from './notice-worker';
import { Outbox } from './outbox';
import { Alertmanager } from './alertmanager';
import { exchange } from './exchange';
import { SharingWorker } from './sharing-worker';
import { SilenceSharing } from './silence-sharing';
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
  /** The alerts that are delivered; null: no monitor runs. */
  alerts: () => AlertService | null;
  /** Null: no monitor runs. */
  monitor: DeadManOptions['monitor'];
}

type Worker = NoticeWorker | DeadManWorker;

interface Running {
  channel: Channel;
  worker: Worker;
  /** Null: it is no Alertmanager whose silences are shared. */
  sharing: SharingWorker | null;
}

/** Delivers notices by all configured channels. A channel that fails never delays another one, nor the monitoring. */
export class Channels {
  readonly #outbox: Outbox;
  #running: Running[] = [];
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
          ...{ channel, worker: this.#workerOf(channel), sharing: this.#sharingOf(channel) },
        },
    );
    const ended = before.filter((one) => !this.#running.includes(one));
    const allEnded = Promise.all(ended.map(stopOf)).then(() => undefined);
    this.#ending.add(allEnded);
    const added = this.#running.filter((one) => !before.includes(one));
    const start = (): void => {
      for (const { worker, sharing } of added) {
        worker.start();
        sharing?.start();
      }
    };
    if (ended.length === 0) start();
    void allEnded.finally(() => {
      this.#ending.delete(allEnded);
      if (ended.length > 0) start();
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
    await Promise.all([...this.#running.map(stopOf), ...this.#ending]);
  }

  #workerOf(channel: Channel): Worker {
    const { clock, random, isAllowedHost, monitor } = this.options;
    const secrets = this.options.secretsOf(channel);
    const where = whereOf(channel);
    if (channel.kind === 'dead-man') {
      const { caFile } = channel;
      const postTo = async (body: string): Promise<void> => {
        const url = await urlOf(channel, secrets, isAllowedHost);
        await exchange({ method: 'POST', url, headers: {}, body, caFile });
      };
      const { journal } = this.#outbox;
      return new DeadManWorker({ channel, where, clock, journal, monitor, post: postTo });
    }
    const deliver = (notice: AlertNotice, reached: readonly string[]): Promise<void> =>
      channel.kind === 'mail'
        ? sendMail(notice, channel, secrets, reached)
        : sendWebhook(notice, channel, secrets, isAllowedHost, clock.nowMs());
    return new NoticeWorker({ channel, where, outbox: this.#outbox, clock, random, deliver });
  }

  #sharingOf(channel: Channel): SharingWorker | null {
    if (channel.kind !== 'webhook' || !channel.sharesSilences) return null;
    const { clock, alerts, isAllowedHost, secretsOf } = this.options;
    const alertmanager = new Alertmanager(channel, secretsOf(channel), isAllowedHost);
    const sharing = new SilenceSharing(alertmanager, clock);
    const { journal } = this.#outbox;
    return new SharingWorker({ name: channel.name, sharing, alerts, clock, journal });
  }

  /** Repeats what is open to Alertmanager. A failure shows with the next notice, so it is none here. */
  async #repeat(): Promise<void> {
    const { secretsOf, isAllowedHost, clock, alerts } = this.options;
    const receivers = this.#running.flatMap(({ channel }) => (isAlertmanager(channel) ? [channel] : []));
    const service = alerts();
    if (receivers.length === 0 || service === null) return;
    const nowMs = Math.round(clock.nowMs());
    const open = service.list().alerts.filter(({ state }) => state === 'open');
    for (const channel of receivers) {
      // What a shared silence holds back is silenced there, too, and shown as such.
      const isSent = ({ held }: Alert): boolean =>
        held === null || (channel.sharesSilences && held.by === 'silence');
      const wanted = wantedAlerts(open.filter(isSent), channel);
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

async function stopOf({ worker, sharing }: Running): Promise<void> {
  await Promise.all([worker.stop(), sharing?.stop()]);
}
