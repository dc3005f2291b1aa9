import path from 'node:path';
import { allowsHost, type Policy } from '../../domain/policy/policy';
import { AppChannels, type AppChannelsDependencies } from '../../monitor/usecases/app-channels';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';

interface AppParts extends Pick<AppChannelsDependencies, 'clock' | 'passwords' | 'consents' | 'secrets'> {
  policy: Policy;
  session: MonitorSession;
}

/** The channels of this user, which deliver the alerts of the user's own inventory. */
export function appChannels(folder: string, { policy, session, ...parts }: AppParts): AppChannels {
  return new AppChannels({
    ...parts,
    file: path.join(folder, 'channels.json'),
    outboxFile: path.join(folder, 'channels-outbox.json'),
    random: Math.random,
    isSet: (variable) => (process.env[variable] ?? '') !== '',
    isAllowedHost: (host) => allowsHost(policy.webhookHosts, host),
    monitor: () => session.ownMonitor,
  });
}
