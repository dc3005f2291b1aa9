import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import type { HeronEvent } from '../../domain/model/event';
import type { Policy } from '../../domain/policy/policy';
import { openHistory } from '../../db/open-history';
import { logSlowQuery } from '../../monitor/log/log';
import { anchorSettings } from '../../monitor/proof/anchor-settings';
import { keychainSigner } from '../../monitor/proof/keychain-signer';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';
import { startMonitor, type PollingDependencies } from '../../monitor/start-monitor';
import type { TrapPort } from '../../monitor/traps/trap-port';
import type { SessionDependencies } from '../../monitor/usecases/monitor-session';
import { importedFile } from '../../monitor/inventory/imported-file';
import { keychainCipher } from '../settings/keychain-cipher';
import { builtFiles } from './built-files';
import { startDemo } from './demo-process';

/** The app's own dependencies: SQLite, the monitor with the app's trap port, and the demo fleet's process. */
export function sessionDependencies(
  folder: string,
  demoArguments: string[],
  secrets: SecretResolver,
  trapPort: TrapPort,
  polling: PollingDependencies,
  policy: Policy,
  late: { onEvent(event: HeronEvent): void; generalEscalateMs(): number },
): SessionDependencies {
  const version = app.getVersion();
  return {
    nowMs: () => polling.clock.nowMs(),
    imported: (content) => appImportedFile(folder).save(content),
    openHistory: (file, mode) =>
      openHistory({
        file,
        version,
        workersUrl: pathToFileURL(builtFiles.workers),
        onSlowQuery: logSlowQuery,
        // One key signs both histories; only the user's own one is anchored.
        proof: {
          signer: keychainSigner(folder, keychainCipher),
          anchors: mode === 'demo' ? [] : anchorSettings(path.join(folder, 'anchors.json'), policy),
        },
      }),
    startDemo: (onLost) =>
      startDemo(builtFiles.cli, ['--dir', path.join(folder, 'demo'), ...demoArguments], onLost),
    startMonitor: (inventory, history) =>
      startMonitor(inventory, { polling, history, secrets, traps: trapPort, version, ...late }),
  };
}

/** Where the content of the inventory file that was imported last is kept. `folder`: the user data. */
export function appImportedFile(folder: string): ReturnType<typeof importedFile> {
  return importedFile(path.join(folder, 'inventory-imported.json'));
}
