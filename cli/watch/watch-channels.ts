import type { ChannelSettings } from '../../domain/alerts/delivery/channel-settings';
import { systemClock } from '../../monitor/base/clock';
import { Channels } from '../../monitor/channels/channels';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';
import type { Monitor } from '../../monitor/start-monitor';
import { hostsAllowedHere } from '../common/hosts-allowed-here';

/** Delivers a monitor's alerts from now on. What is not delivered at the end is kept next to the history, if there is one. */
export function deliverAlerts(
  settings: ChannelSettings,
  monitor: Monitor,
  secrets: SecretResolver,
  historyFile: string | null,
): Channels {
  const channels = new Channels({
    settings,
    secretsOf: () => secrets,
    clock: systemClock,
    random: Math.random,
    outboxFile: historyFile === null ? null : `${historyFile}.outbox`,
    isAllowedHost: hostsAllowedHere(),
    alerts: () => monitor.alerts,
    monitor: () => monitor.snapshot().monitor,
  });
  monitor.alerts.onNotice((notice) => channels.take(notice));
  return channels;
}
