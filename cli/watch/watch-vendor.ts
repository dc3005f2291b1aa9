import type { History } from '../../db/client/history';
import { identifyInventory } from '../../domain/inventory/inventory';
import { ownFinding } from '../../domain/model/own-finding';
import type { VendorSettings } from '../../domain/vendor/vendor-settings';
import { systemClock } from '../../monitor/base/clock';
import { inventoryOf, writeInventory } from '../../monitor/inventory/inventory-file';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';
import type { Monitor } from '../../monitor/start-monitor';
import { VendorRefresh } from '../../monitor/usecases/vendor-refresh';
import { readVendorSource } from '../../monitor/vendor/read-vendor-source';
import type { WatchOptions } from './watch-options';

type VendorChoice = NonNullable<WatchOptions['vendor']>;

function settingsOf({ sourceFile, everyHours, applies, addresses }: VendorChoice): VendorSettings {
  return {
    source: readVendorSource(sourceFile),
    addresses,
    schedule: { everyHours, appliesItself: applies },
  };
}

interface WatchParts {
  monitor: Monitor;
  history: History;
  secrets: SecretResolver;
  complain: (words: string) => void;
}

/** What `--vendor` starts once the monitor runs; null: nothing. @throws RequestRefused when its source has errors */
export function vendorFollower({
  vendor,
  inventoryFile,
}: WatchOptions): (parts: WatchParts) => Promise<VendorRefresh | null> {
  const settings = vendor && settingsOf(vendor);
  return (parts) => (settings ? followVendor(settings, inventoryFile, parts) : Promise.resolve(null));
}

/**
 * Reads the vendor's inventory as scheduled, beside the monitor. What differs from the inventory file is a finding; it is written to that file and
 * monitored only where the options say so. What was read is kept next to the inventory file.
 */
async function followVendor(
  settings: VendorSettings,
  inventoryFile: string,
  { monitor, history, secrets, complain }: WatchParts,
): Promise<VendorRefresh> {
  const refresh = new VendorRefresh({
    ...{ secrets, clock: systemClock, random: Math.random },
    settings: () => settings,
    files: { progress: `${inventoryFile}.import`, state: `${inventoryFile}.vendor` },
    current: () => inventoryOf(inventoryFile),
    apply: async (file) => {
      const inventory = identifyInventory(file, await history.inventory());
      await writeInventory(inventoryFile, inventory);
      await history.putInventory(inventory, systemClock.nowMs());
      await monitor.applyInventory(inventory);
    },
    reviewWords: 'Look at them with heron inventory import, and apply them with --apply.',
    mayApplyItself: () => true,
    rows: () => monitor.snapshot().clusters,
    report: (reason) => monitor.recordFinding(ownFinding(reason, systemClock.nowMs())),
    onFault: (fault) => complain(`The vendor's inventory was not read: ${String(fault)}`),
  });
  await refresh.start();
  return refresh;
}
