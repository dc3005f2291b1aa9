import { channelSettingsSchema, type ChannelSettings } from '../../domain/alerts/delivery/channel-settings';
import { allowsHost } from '../../domain/policy/policy';
import { readJsonFile } from '../../monitor/base/read-json-file';
import type { AllowedHost } from '../../monitor/channels/send-webhook';
import { readPolicy } from '../../monitor/policy/policy-file';

/** The channels that a file describes. @throws RequestRefused */
export function readChannelFile(file: string): ChannelSettings {
  return readJsonFile(
    file,
    channelSettingsSchema,
    'Correct it and try again; docs/alerts.md has an example.',
  );
}

/** Whether this computer's policy allows alerts to a host. */
export function hostsAllowedHere(): AllowedHost {
  const { policy } = readPolicy();
  return (host) => allowsHost(policy.webhookHosts, host);
}
