import {
  channelSecretPrefix,
  channelSecrets,
  channelSecretUses,
} from '../../domain/alerts/delivery/channel-secrets';
import {
  channelSettingsSchema,
  type Channel,
  type ChannelSettings,
} from '../../domain/alerts/delivery/channel-settings';
import type { ChannelList, ListedChannel } from '../../domain/contract/channels';
import { RequestRefused } from '../../domain/contract/request-refused';
import type { SecretUse } from '../../domain/inventory/secret-uses';
import type { AlertNotice } from '../../domain/model/alert';
import { alertTimes } from '../../domain/model/thresholds';
import type { Clock } from '../base/clock';
import { writeFileDurablySync } from '../base/write-file';
import { channelFileText, readStoredChannels } from '../channels/channel-file';
import { Channels } from '../channels/channels';
import { DeliveryFailure } from '../channels/delivery-failure';
import type { AllowedHost } from '../channels/send-webhook';
import { log } from '../log/log';
import type { SecretConsents } from '../secrets/secret-consents';
import type { SecretResolver } from '../secrets/secret-resolver';
import type { CheckedArgs, RequestHandlers } from './answer-request';
import type { Passwords } from './inventory-service';
import type { SessionMonitor } from './monitor-session';

export interface AppChannelsDependencies {
  /** The channels, and what waits for delivery. */
  file: string;
  outboxFile: string;
  clock: Clock;
  random: () => number;
  passwords: Passwords;
  consents: Pick<SecretConsents, 'allow' | 'allows' | 'forget'>;
  secrets: SecretResolver;
  /** Whether an environment variable has a value. */
  isSet: (variable: string) => boolean;
  isAllowedHost: AllowedHost;
  /** The monitor whose alerts are delivered; null: none of the user's own edges is monitored. */
  monitor: () => Pick<SessionMonitor, 'alerts' | 'snapshot'> | null;
}

type Handled = Exclude<
  Extract<keyof RequestHandlers, `channels.${string}`>,
  'channels.import' | 'channels.export'
>;

/** The channels of the app: settings, secrets and delivery. A secret is sent only to the server that it was typed for. */
export class AppChannels {
  #settings: ChannelSettings;
  readonly #channels: Channels;
  readonly #unreadable: RequestRefused | null;

  constructor(private readonly dependencies: AppChannelsDependencies) {
    const { file, outboxFile, clock, random, isAllowedHost, monitor } = dependencies;
    [this.#settings, this.#unreadable] = readOrFault(file);
    this.#channels = new Channels({
      settings: this.#settings,
      secretsOf: (channel) => this.#secretsOf(channel),
      ...{ clock, random, isAllowedHost },
      // What waits is kept for the time when the settings can be read again.
      outboxFile: this.#unreadable === null ? outboxFile : null,
      alerts: () => monitor()?.alerts ?? null,
      monitor: () => monitor()?.snapshot().monitor ?? null,
    });
  }

  /** How many deliver now; none while the demo fleet is monitored. */
  get deliveringCount(): number {
    return this.dependencies.monitor() === null ? 0 : this.#channels.statuses().length;
  }

  /** Delivers a notice, unless it is about a demo fleet. */
  take(notice: AlertNotice): void {
    if (this.dependencies.monitor() !== null) this.#channels.take(notice);
  }

  get settings(): ChannelSettings {
    return this.#settings;
  }

  /** How long a critical alert may stay unacknowledged before it is escalated, milliseconds; 0: it never is. */
  get escalateMs(): number {
    return this.#settings.escalateMs ?? alertTimes.escalateMs;
  }

  stop(): Promise<void> {
    return this.#channels.stop();
  }

  handlers(): Pick<RequestHandlers, Handled> {
    return {
      'channels.list': () => this.#list(),
      'channels.deliveries': ({ groupId }) => this.#channels.deliveries(groupId),
      'channels.save': (args) => this.#save(args),
      'channels.remove': ({ name }) => this.#remove(name),
      'channels.escalateAfter': ({ escalateMs }) => this.#apply({ ...this.#settings, escalateMs }, null),
      'channels.test': ({ name }) => this.#test(name),
      'channels.sendAgain': ({ channel, noticeId }) => {
        if (!this.#channels.sendAgain(channel, noticeId)) throw goneNotice(channel);
      },
      'channels.forget': ({ channel, noticeId }) => {
        if (!this.#channels.forget(channel, noticeId)) throw goneNotice(channel);
      },
    };
  }

  /** Replaces all channels by those of a file that the person chose, who has confirmed where its secrets are sent. */
  importSettings(settings: ChannelSettings): void {
    for (const channel of settings.channels) this.#refuseForbidden(channel);
    this.dependencies.consents.allow(settings.channels.flatMap(channelSecretUses));
    this.#apply(settings, null);
  }

  #list(): ChannelList {
    if (this.#unreadable) throw this.#unreadable;
    const { passwords } = this.dependencies;
    const statuses = this.#channels.statuses();
    return {
      channels: this.#settings.channels.flatMap((channel, index) => {
        const status = statuses[index];
        return status ? [{ channel, status, secrets: this.#placesOf(channel) }] : [];
      }),
      undelivered: this.#channels.undelivered(),
      pausedWords:
        this.dependencies.monitor() === null
          ? 'Alerts are not delivered now: only those of your own inventory are, while it is monitored.'
          : null,
      keychain: passwords.protects(),
      escalateMs: this.escalateMs,
    };
  }

  #save({ previousName, channel, secrets }: CheckedArgs<'channels.save'>): void {
    const { passwords, consents } = this.dependencies;
    const index = this.#settings.channels.findIndex(({ name }) => name === previousName);
    if (previousName !== null && index < 0) throw goneChannel(previousName);
    const others = this.#settings.channels.filter((_, at) => at !== index);
    const next = {
      ...this.#settings,
      channels: index < 0 ? [...others, channel] : others.toSpliced(index, 0, channel),
    };
    const checked = channelSettingsSchema.safeParse(next);
    if (!checked.success)
      throw refused(
        `The channel was not saved: ${checked.error.issues[0]?.message ?? 'it has errors'}.`,
        channel.name,
        'Choose another name.',
      );
    this.#refuseForbidden(channel);
    const typed = new Set(secrets.map(({ secret }) => secret));
    const uses = channelSecretUses(channel);
    refuseForeign(channel, typed, (use) => consents.allows(use));
    for (const { secret, value, keep } of secrets) {
      consents.forget(secret);
      if (keep === 'stored') passwords.put(secret, value, false);
      else passwords.holdUntilClosing(secret, value);
    }
    consents.allow(uses.filter(({ source }) => 'secret' in source && typed.has(source.secret)));
    this.#apply(next, previousName === null ? null : { from: previousName, to: channel.name });
  }

  #remove(name: string): void {
    const channels = this.#settings.channels.filter((channel) => channel.name !== name);
    if (channels.length === this.#settings.channels.length) throw goneChannel(name);
    this.#apply({ ...this.#settings, channels }, null);
  }

  async #test(name: string): Promise<void> {
    try {
      await this.#channels.test(name);
    } catch (fault) {
      if (!(fault instanceof DeliveryFailure)) throw fault;
      throw refused(
        `The test was not delivered: ${fault.words}.`,
        name,
        'Correct the channel and test it again.',
      );
    }
  }

  /** Stores and uses other settings, and removes the secrets that were typed for what is gone. */
  #apply(next: ChannelSettings, renamed: { from: string; to: string } | null): void {
    if (this.#unreadable) throw this.#unreadable;
    const before = storedSecrets(this.#settings);
    writeFileDurablySync(this.dependencies.file, channelFileText(next), { replace: true });
    this.#settings = next;
    this.#channels.replace(next, renamed);
    const kept = storedSecrets(next);
    for (const secret of before) {
      if (kept.has(secret) || !secret.startsWith(channelSecretPrefix)) continue;
      this.dependencies.passwords.remove(secret);
      this.dependencies.consents.forget(secret);
    }
  }

  #refuseForbidden(channel: Channel): void {
    const url = channel.kind === 'mail' ? undefined : channel.url;
    if (url === undefined || this.dependencies.isAllowedHost(new URL(url).hostname)) return;
    throw refused(
      `The policy of this computer does not allow alerts to ${new URL(url).hostname}.`,
      channel.name,
      'Use a host that it allows, or ask the administrator.',
    );
  }

  #placesOf(channel: Channel): ListedChannel['secrets'] {
    const { passwords, isSet } = this.dependencies;
    return channelSecrets(channel).map(({ part, source }) => {
      if ('env' in source) return { part, place: isSet(source.env) ? 'environment' : 'environment-unset' };
      const place = passwords.place(source.secret);
      return { part, place: place === 'none' ? 'missing' : place };
    });
  }

  /** The secrets of a channel, withheld from servers that they were not typed or confirmed for. */
  #secretsOf(channel: Channel): SecretResolver {
    const { consents, secrets } = this.dependencies;
    return {
      resolve: (source) => {
        const uses = channelSecretUses(channel).filter((use) => isSameSource(use.source, source));
        if (uses.length > 0 && uses.every((use) => consents.allows(use))) return secrets.resolve(source);
        const words = 'its secret was entered for another server: enter it again';
        return Promise.resolve({ found: false, words });
      },
    };
  }
}

function readOrFault(file: string): [ChannelSettings, RequestRefused | null] {
  try {
    return [readStoredChannels(file), null];
  } catch (fault) {
    if (!(fault instanceof RequestRefused)) throw fault;
    log.warn(`Alerts are not delivered: ${fault.message}`);
    return [{ channels: [] }, fault];
  }
}

/** A form may use what was typed into it, what its server has already, and environment variables of Heron's. */
function refuseForeign(
  channel: Channel,
  typed: ReadonlySet<string>,
  isAllowed: (use: SecretUse) => boolean,
): void {
  for (const secret of typed)
    if (!secret.startsWith(channelSecretPrefix) || !storedSecrets({ channels: [channel] }).has(secret))
      throw refused('The channel does not use this secret.', secret, 'Close the form and open it again.');
  for (const use of channelSecretUses(channel)) {
    if ('secret' in use.source && typed.has(use.source.secret)) continue;
    if (isAllowed(use)) continue;
    throw 'env' in use.source
      ? refused(
          `The environment variable ${use.source.env} is not one of Heron's, and reading it was not allowed.`,
          channel.name,
          'Use a variable whose name begins with HERON_.',
        )
      : refused(
          'A stored secret is not sent to a server that it was not entered for.',
          channel.name,
          'Enter the secret again.',
        );
  }
}

function storedSecrets({ channels }: ChannelSettings): Set<string> {
  return new Set(
    channels.flatMap(channelSecrets).flatMap(({ source }) => ('secret' in source ? [source.secret] : [])),
  );
}

function isSameSource(one: SecretUse['source'], other: SecretUse['source']): boolean {
  return 'env' in one
    ? 'env' in other && one.env === other.env
    : 'secret' in other && one.secret === other.secret;
}

function goneChannel(name: string): RequestRefused {
  return refused('There is no channel of this name any more.', name, 'Look at the list of channels again.');
}

function goneNotice(channel: string): RequestRefused {
  return refused('This notice is not in the list any more.', channel, 'Look at the list of channels again.');
}

function refused(what: string, where: string, todo: string): RequestRefused {
  return new RequestRefused({ what, where, todo });
}
