import { existsSync } from 'node:fs';
import { channelSettingsSchema, type ChannelSettings } from '../../domain/alerts/delivery/channel-settings';
import { readJsonFile } from '../base/read-json-file';

/** The channels that a file describes. @throws RequestRefused */
export function readChannelFile(file: string): ChannelSettings {
  return readJsonFile(
    file,
    channelSettingsSchema,
    'Correct it and try again; docs/alerts.md has an example.',
  );
}

/** The channels of the app, which are none before the first is added. @throws RequestRefused; the file is left as it is */
export function readStoredChannels(file: string): ChannelSettings {
  return existsSync(file) ? readChannelFile(file) : { channels: [] };
}

/** Channels as a file that can be read again. It names secrets, and contains none. */
export function channelFileText(settings: ChannelSettings): string {
  return `${JSON.stringify(settings, null, 2)}\n`;
}
