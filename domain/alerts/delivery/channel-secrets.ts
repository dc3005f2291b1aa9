import type { SecretUse } from '../../inventory/secret-uses';
import type { Channel, ChannelSecret } from './channel-settings';

/** The secrets that a channel may name. */
export const channelSecretParts = ['url', 'token', 'password', 'signature'] as const;
export type ChannelSecretPart = (typeof channelSecretParts)[number];

/** What the names of stored secrets begin with that were typed for a channel. */
export const channelSecretPrefix = 'channel/';

/** The secrets that a channel names, and what each is. */
export function channelSecrets(channel: Channel): { part: ChannelSecretPart; source: ChannelSecret }[] {
  const found: [ChannelSecretPart, ChannelSecret | undefined][] =
    channel.kind === 'mail'
      ? [['password', channel.password]]
      : channel.kind === 'dead-man'
        ? [['url', channel.urlFrom]]
        : [
            ['url', channel.urlFrom],
            ['token', channel.auth?.kind === 'bearer' ? channel.auth.token : undefined],
            ['password', channel.auth?.kind === 'basic' ? channel.auth.password : undefined],
            ['signature', channel.signature],
          ];
  return found.flatMap(([part, source]) => (source === undefined ? [] : [{ part, source }]));
}

/**
 * Where the secrets of a channel are sent. A secret URL is sent nowhere but to itself; what is sent with it is bound to that secret, because its
 * host is not known here.
 */
export function channelSecretUses(channel: Channel): SecretUse[] {
  const server = serverOf(channel);
  return channelSecrets(channel).map(({ part, source }) =>
    part === 'url'
      ? { source, user: 'URL of a channel', hosts: [] }
      : { source, user: 'channel', hosts: [server] },
  );
}

function serverOf(channel: Channel): string {
  if (channel.kind === 'mail') return `${channel.host}:${channel.port ?? ''}`.toLowerCase();
  if (channel.url !== undefined) return hostOfUrl(channel.url);
  const from = channel.urlFrom ?? { env: '' };
  return 'env' in from ? `URL in ${from.env}` : `URL in "${from.secret}"`;
}

/** Host and port of a URL that was validated. */
export function hostOfUrl(url: string): string {
  return (/^https?:[/\\]+([^/\\?#]*)/i.exec(url)?.[1] ?? '').toLowerCase();
}
