import os from 'node:os';
import { app } from 'electron';
import { systemClock } from '../../monitor/base/clock';
import { log } from '../../monitor/log/log';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import { alertRequests } from '../../monitor/usecases/alert-requests';
import { currentHistoryOf } from '../../monitor/usecases/current-history';
import { historyRequests, sourcePastRequests } from '../../monitor/usecases/history-requests';
import { monitorRequests } from '../../monitor/usecases/monitor-requests';
import type { ComputerPolicy } from '../../monitor/policy/policy-file';
import type { UpdateService } from '../../monitor/updates/update-service';
import type { AppChannels } from '../../monitor/usecases/app-channels';
import type { VendorService } from '../../monitor/usecases/vendor-service';
import type { AppMetrics } from '../../monitor/usecases/app-metrics';
import { channelHandlers } from './channel-handlers';
import { computerHandlers } from './computer-handlers';
import { maintenanceRequests } from '../../monitor/usecases/plan-maintenance';
import { fileHandlers, type FileServices } from '../files/file-handlers';
import { backupHandler } from '../files/history-file';
import { proofHandlers } from '../files/proof-handlers';
import { supportHandlers } from '../files/support-handlers';
import { textHandlers } from '../files/text-handlers';
import type { PreferencesFile } from '../settings/preferences';
import { deskHandlers } from './desk-handlers';
import type { Desk } from '../desk/desk';
import { inventoryHandlers, type InventoryServices } from './inventory-handlers';
import { resetOnSnapshot } from './publish-to';
import { settingsHandlers } from './settings-handlers';
import type { SnapshotPublisher } from '../../monitor/pipeline/snapshot-publisher';
import type { TrapPort } from '../../monitor/traps/trap-port';

export interface HandlerServices extends InventoryServices, FileServices {
  publisher: SnapshotPublisher;
  channels: AppChannels;
  metrics: AppMetrics;
  vendor: VendorService;
  trapPort: TrapPort;
  policy: ComputerPolicy;
}

/** The handlers of all requests. Those that read answer from the file that is open, else from the recorded history. */
export function requestHandlers(
  services: HandlerServices,
  preferences: PreferencesFile,
  updates: UpdateService,
  desk: Desk,
): RequestHandlers {
  const { session, files, window, publisher, trapPort } = services;
  const currentHistory = currentHistoryOf(files, session, systemClock);
  return {
    ...resetOnSnapshot(historyRequests(currentHistory), publisher),
    ...monitorRequests(session, systemClock),
    ...alertRequests(session, currentHistory, systemClock),
    ...channelHandlers(services.channels, window),
    ...maintenanceRequests(session, systemClock),
    ...inventoryHandlers(services),
    ...services.vendor.handlers(),
    ...sourcePastRequests(currentHistory, session, services.secrets, systemClock),
    ...fileHandlers(services, currentHistory),
    ...proofHandlers(services, currentHistory),
    ...backupHandler(session, window),
    ...textHandlers(window),
    ...computerHandlers(services.policy, updates, preferences),
    ...supportHandlers(services),
    ...deskHandlers(desk, session),
    ...settingsHandlers(preferences, trapPort, window, services.metrics),
    'app.about': async () => {
      const { mode, source, file } = await currentHistory();
      return {
        version: app.getVersion(),
        mode,
        source,
        electron: process.versions['electron'] ?? '',
        historyFile: file,
        user: userName(),
      };
    },
  };
}

/** Login name of the person; empty for an account without an entry in the system's user database. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch (fault) {
    log.warn('The system has no name for the current user.', fault);
    return '';
  }
}
