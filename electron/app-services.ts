import path from 'node:path';
import { app } from 'electron';
import { log } from '../monitor/log/log';
import { SnapshotPublisher } from '../monitor/pipeline/snapshot-publisher';
import { MonitorMetrics } from '../monitor/metrics/monitor-metrics';
import type { KnownKeysStore } from '../monitor/proof/known-keys';
import { appSecrets } from '../monitor/secrets/app-secrets';
import { SecretConsents } from '../monitor/secrets/secret-consents';
import type { PasswordStore } from '../monitor/secrets/password-store';
import type { SecretResolver } from '../monitor/secrets/secret-resolver';
import type { PollingDependencies } from '../monitor/start-monitor';
import { TrapPort, trapReceivers } from '../monitor/traps/trap-port';
import type { AppChannels } from '../monitor/usecases/app-channels';
import { AppMetrics } from '../monitor/usecases/app-metrics';
import { MonitorSession, type SessionEvents } from '../monitor/usecases/monitor-session';
import type { OpenedFiles } from '../monitor/usecases/opened-files';
import { readPolicy, type ComputerPolicy } from '../monitor/policy/policy-file';
import { openedFiles } from './files/opened-files';
import type { AlertNotice } from '../domain/model/alert';
import type { LaunchArguments } from './launch-arguments';
import type { MadePages } from './security/app-protocol';
import { askForSecrets } from './window/ask-for-secrets';
import { appChannels } from './session/app-channels';
import { appVendor } from './session/app-vendor';
import type { VendorService } from '../monitor/usecases/vendor-service';
import { appKeys } from './session/app-keys';
import { appImportedFile, sessionDependencies } from './session/session-dependencies';
import { openPasswordStore } from './settings/store-password';
import { Startup } from './startup';
import { AppWindow } from './window/app-window';

/** What the app consists of: one window, one monitor session, and what connects them. */
export interface AppServices {
  window: AppWindow;
  /** Pages that the main process makes, by path. */
  pages: MadePages;
  publisher: SnapshotPublisher;
  session: MonitorSession;
  channels: AppChannels;
  metrics: AppMetrics;
  vendor: VendorService;
  files: OpenedFiles;
  trapPort: TrapPort;
  passwords: PasswordStore;
  /** The keys whose signatures count. */
  keys: KnownKeysStore;
  secrets: SecretResolver;
  consents: SecretConsents;
  startup: Startup;
  /** Called with each notice of alerts. */
  noticeListeners: Set<(notice: AlertNotice) => void>;
  /** The content of the inventory file that was imported last. */
  imported: ReturnType<typeof appImportedFile>;
  /** What an administrator set for all users of this computer; read once. */
  policy: ComputerPolicy;
}

/** Creates the services; nothing is monitored, opened or shown yet. `folder`: the user data. */
export function appServices(
  folder: string,
  launched: LaunchArguments,
  polling: PollingDependencies,
): AppServices {
  const policy = readPolicy();
  if (policy.fault !== null) log.warn(`${policy.fault.what} ${policy.fault.todo}`);
  const window = new AppWindow();
  const noticeListeners = new Set<(notice: AlertNotice) => void>();
  const pages: MadePages = new Map();
  const publisher = new SnapshotPublisher((change) => window.send('snapshot.changed', change));
  const passwords = openPasswordStore(folder);
  const consents = new SecretConsents(path.join(folder, 'secret-consents.json'));
  const secrets = appSecrets(process.env, passwords, consents);
  const trapPort = new TrapPort(
    null,
    trapReceivers(secrets, (words) => log.warn('Traps:', words)),
  );
  const measured = new MonitorMetrics(app.getVersion(), () => session.ownMonitor);
  const session: MonitorSession = new MonitorSession(
    folder,
    sessionDependencies(folder, launched.demoArguments, secrets, trapPort, polling, policy.policy, {
      onEvent: (event) => measured.add(event),
      generalEscalateMs: () => channels.escalateMs,
    }),
    publisher,
    sessionEvents(window, consents, () => ({ session, channels, vendor, noticeListeners })),
  );
  const parts = { clock: polling.clock, passwords, consents, secrets };
  const channels: AppChannels = appChannels(folder, { ...parts, policy: policy.policy, session });
  const metrics = new AppMetrics({ metrics: measured, clock: polling.clock, passwords });
  const vendor = appVendor(folder, { session, passwords, secrets, consents });
  const keys = appKeys(folder);
  const files = openedFiles(session, publisher, keys, {
    statusChanged: (status) => window.send('file.changed', status),
    historyChanged: () => reloadSoon(window),
    startMonitoring: () => startup.startAfterFile(),
  });
  const startup = new Startup(launched, session, files, window, pages);
  log.debug(`User data in ${folder}, version ${app.getVersion()}.`);
  return {
    window,
    pages,
    publisher,
    session,
    channels,
    metrics,
    vendor,
    files,
    trapPort,
    passwords,
    keys,
    secrets,
    consents,
    startup,
    noticeListeners,
    policy,
    imported: appImportedFile(folder),
  };
}

/** What the session's events lead to. `late`: what is created after the session. */
function sessionEvents(
  window: AppWindow,
  consents: SecretConsents,
  late: () => Pick<AppServices, 'session' | 'channels' | 'vendor' | 'noticeListeners'>,
): SessionEvents {
  return {
    demoLost: (code) => log.error(`The demo fleet exited by itself, with code ${code}.`),
    historyChanged: () => reloadSoon(window),
    alertsChanged: (change) => window.send('alerts.changed', change),
    alertNotice: (notice) => {
      window.send('alerts.notice', notice);
      late().channels.take(notice);
      for (const listener of late().noticeListeners) listener(notice);
    },
    inventoryChanged: (inventory) => {
      late().vendor.inventoryChanged();
      askForSecrets(inventory, consents, window, async (edgeIds) =>
        (await late().session.current()).monitor.resetSessions(edgeIds),
      );
    },
  };
}

/** Event ids belong to one history, so the page must not mix two. A reply that is being sent goes out first. */
function reloadSoon(window: AppWindow): void {
  setImmediate(() => window.reload());
}
