import path from 'node:path';
import { ownFinding } from '../../domain/model/own-finding';
import { systemClock } from '../../monitor/base/clock';
import type { PasswordStore } from '../../monitor/secrets/password-store';
import type { SecretConsents } from '../../monitor/secrets/secret-consents';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';
import { carriedBefore } from '../../monitor/usecases/carried-before';
import { VendorService } from '../../monitor/usecases/vendor-service';

interface AppParts {
  session: MonitorSession;
  passwords: PasswordStore;
  secrets: SecretResolver;
  consents: SecretConsents;
}

/** The user's inventory source at the vendor. Its findings belong to the user's own history. */
export function appVendor(
  folder: string,
  { session, passwords, secrets, consents }: AppParts,
): VendorService {
  return new VendorService({
    ...{ passwords, secrets, clock: systemClock, random: Math.random },
    files: {
      settings: path.join(folder, 'vendor-source.json'),
      progress: path.join(folder, 'vendor-progress.json'),
      state: path.join(folder, 'vendor-state.json'),
    },
    allowUses: (uses) => consents.allow(uses),
    forgetUses: (secret) => consents.forget(secret),
    isSet: (variable) => (process.env[variable] ?? '') !== '',
    storedInventory: () => session.storedInventory(),
    startInventory: (file, source) => session.startInventory(file, source, null),
    mayApplyItself: () => session.ownMonitor !== null,
    rows: () => session.ownMonitor?.snapshot().clusters ?? [],
    reviewWords: 'Look at them and apply them in Settings, Inventory source.',
    carriedBefore: async (clusterId) => {
      const { running } = session;
      return running?.mode === 'inventory'
        ? carriedBefore(running.history, clusterId, systemClock.nowMs())
        : null;
    },
    report: (reason) => session.ownMonitor?.recordFinding(ownFinding(reason, systemClock.nowMs())),
  });
}
