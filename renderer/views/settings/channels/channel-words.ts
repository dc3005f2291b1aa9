import type { Channel } from '../../../../domain/alerts/delivery/channel-settings';
import type { ListedChannel } from '../../../../domain/contract/channels';
import type { Health } from '../../../../domain/model/health';
import type { ChannelStatus } from '../../../../domain/model/channel-status';
import { plural } from '../../../../domain/words/amount';
import { matcherWords } from '../../../../domain/words/alerts';
import { duration } from '../../../../domain/words/duration';
import { channelTypes } from './channel-draft';

export const stateMarks: Record<ChannelStatus['state'], Health> = {
  unused: 'disabled',
  working: 'up',
  retrying: 'degraded',
  failing: 'down',
};

export const stateWords: Record<ChannelStatus['state'], string> = {
  unused: 'Not used yet',
  working: 'Works',
  retrying: 'Retrying',
  failing: 'Failing',
};

export function typeWords(channel: Channel): string {
  const type = channel.kind === 'webhook' ? channel.format : channel.kind;
  return channelTypes.find(({ id }) => id === type)?.words ?? type;
}

/** What a channel delivers, in one line: "Warning and worse, only Frankfurt, quiet 22:00 to 06:00". */
export function filterWords(channel: Channel): string {
  if (channel.kind === 'dead-man') return `A sign of life every ${duration(channel.intervalMs)}`;
  const severities = {
    critical: 'Critical only',
    warning: 'Warning and critical',
    info: 'All severities',
  };
  const { minSeverity, onlyEscalated, only, quietHours } = channel;
  return [
    severities[minSeverity],
    ...(onlyEscalated ? ['only when not acknowledged in time'] : []),
    ...(only ? [`only ${only.map(matcherWords).join(' or ')}`] : []),
    ...(channel.kind === 'webhook' && channel.sharesSilences ? ['silences and acknowledgements shared'] : []),
    ...(quietHours ? [`quiet ${quietHours.from} to ${quietHours.to} ${quietHours.zone}`] : []),
  ].join(', ');
}

/** What is missing before a channel can deliver; null: nothing is known to be. */
export function missingWords({ secrets }: ListedChannel): string | null {
  const missing = secrets.filter(({ place }) => place === 'missing' || place === 'environment-unset');
  if (missing.length === 0) return null;
  const names = missing.map(({ part }) => partWords[part].toLowerCase());
  return `The ${names.join(' and the ')} ${missing.length === 1 ? 'is' : 'are'} missing on this computer: edit the channel and enter ${missing.length === 1 ? 'it' : 'them'}.`;
}

export const partWords = {
  url: 'URL',
  token: 'Token',
  password: 'Password',
  signature: 'Key of the signature',
} as const;

/** "2 notices wait, try 3 failed". */
export function waitingWords({ waiting, tries }: ChannelStatus): string {
  if (waiting === 0) return '';
  const verb = waiting === 1 ? 'waits' : 'wait';
  return `${plural(waiting, 'notice')} ${verb}${tries > 0 ? `, ${plural(tries, 'try', 'tries')} failed` : ''}`;
}
