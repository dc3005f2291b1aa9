import { channelSecrets, channelSecretUses } from '../../domain/alerts/delivery/channel-secrets';
import type { Channel } from '../../domain/alerts/delivery/channel-settings';
import { channelFileText, readChannelFile } from '../../monitor/channels/channel-file';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import type { AppChannels } from '../../monitor/usecases/app-channels';
import { writeChosen } from '../files/write-chosen';
import type { AppWindow } from '../window/app-window';
import { chooseFileToOpen, chooseFileToSave, showMessage } from '../window/dialogs';

const kinds = [{ name: 'Heron channels', extensions: ['json'] }];
const mostNamed = 8;

type ChannelRequest = Extract<keyof RequestHandlers, `channels.${string}`>;

/** The handlers of the channels. A file of channels is read only when the person chose it and confirmed what it sends where. */
export function channelHandlers(
  channels: AppChannels,
  window: AppWindow,
): Pick<RequestHandlers, ChannelRequest> {
  return {
    ...channels.handlers(),
    'channels.import': async () => {
      const file = await chooseFileToOpen(window.current, { title: 'Open channels', filters: kinds });
      if (file === null) return null;
      const settings = readChannelFile(file);
      if (!(await confirmImport(settings.channels, channels.settings.channels.length, window))) return null;
      channels.importSettings(settings);
      return { file, channels: settings.channels.length };
    },
    'channels.export': async () => {
      const options = { title: 'Save the channels', defaultPath: 'channels.json', filters: kinds };
      const file = await chooseFileToSave(window.current, options);
      if (file !== null) await writeChosen(file, channelFileText(channels.settings), 'The file of channels');
      return file;
    },
  };
}

/** A file of channels may name any secret and the server that it is sent to, so both are shown. */
async function confirmImport(
  channels: readonly Channel[],
  replaced: number,
  window: AppWindow,
): Promise<boolean> {
  if (window.current === null) return false;
  const lines = channels.slice(0, mostNamed).map(channelWords);
  const more = channels.length - lines.length;
  const response = await showMessage(window.current, {
    type: 'question',
    title: 'Import channels',
    message: `Replace ${replaced === 0 ? 'no channel' : replaced === 1 ? 'the one channel' : `all ${replaced} channels`} by ${channels.length} of this file?`,
    detail: `${lines.join('\n')}${more > 0 ? `\nand ${more} more` : ''}\n\nImport it only if you know where it comes from: whoever wrote it chose the servers that get alerts and secrets.`,
    buttons: ['Cancel', 'Import'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}

/** "ops: to hooks.example.net, with environment variable HERON_SLACK". */
function channelWords(channel: Channel): string {
  const servers = channelSecretUses(channel).flatMap(({ hosts }) => hosts);
  const to = channel.kind === 'mail' ? channel.host : (channel.url ?? servers[0] ?? 'a secret URL');
  const secrets = channelSecrets(channel).map(({ source }) =>
    'env' in source ? `environment variable ${source.env}` : `stored secret "${source.secret}"`,
  );
  return `${channel.name}: to ${to}${secrets.length > 0 ? `, with ${secrets.join(', ')}` : ''}`;
}
