import os from 'node:os';
import { identifyInventory } from '../../domain/inventory/inventory';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { problemInWords } from '../../domain/inventory/inventory-problem';
import { systemClock } from '../../monitor/base/clock';
import { readInventory } from '../../monitor/inventory/read-inventory';
import { demoPasswords } from '../../monitor/secrets/demo-passwords';
import { environmentSecrets } from '../../monitor/secrets/environment-secrets';
import { startMonitor, systemPolling, type Monitor } from '../../monitor/start-monitor';
import { UsageError } from '../common/command-line';
import { missingPasswords } from '../common/missing-passwords';
import { heronVersion } from '../common/version';
import { openRunHistory } from '../watch/watch-history';
import { startDemoChild } from './demo-child';
import { fileSource } from './file-source';
import { monitorSource } from './monitor-source';
import { serviceSource } from './service-source';
import type { WallOptions } from './wall-options';
import type { WallSource } from './wall-source';

/** Where sentences for the user go while the wall starts and runs. */
export type Notify = (words: string) => void;

const noProof = { signingKeyFile: null, anchorFile: null, anchorUrl: null };

/** Opens what the wall is to show. Rejects with a UsageError or a HistoryError. */
export async function openSource({ subject, by }: WallOptions, notify: Notify): Promise<WallSource> {
  switch (subject.kind) {
    case 'file':
      return fileSource(subject.file);
    case 'service':
      return serviceSource(subject.file);
    case 'inventory':
      return (await monitored(await inventoryOf(subject.file), { label: subject.file, by, notify })).source;
    case 'demo':
      return demoSource(subject, by, notify);
  }
}

async function demoSource(
  { clusters, seed }: { clusters: number; seed: number },
  by: string | null,
  notify: Notify,
): Promise<WallSource> {
  notify('Starting the demo fleet.');
  const demo = await startDemoChild(['--clusters', String(clusters), '--seed', String(seed)]).catch(
    (fault: unknown) => {
      throw new UsageError(
        `The demo fleet did not start: ${fault instanceof Error ? fault.message : String(fault)}`,
      );
    },
  );
  let isClosing = false;
  try {
    const file = await inventoryOf(demo.inventoryFile);
    const { source, monitor } = await monitored(file, { label: 'Demo fleet', by, notify });
    void demo.ended.then(() => {
      if (!isClosing) monitor.endOfSource('The demo fleet has ended');
    });
    return {
      ...source,
      close: async () => {
        isClosing = true;
        await source.close();
        await demo.stop();
      },
    };
  } catch (fault) {
    isClosing = true;
    await demo.stop();
    throw fault;
  }
}

/** @throws UsageError with the first problem of the file. */
async function inventoryOf(file: string): Promise<InventoryFile> {
  const check = await readInventory(file);
  if (check.ok) return check.file;
  const [first] = check.problems;
  const more = check.problems.length - 1;
  throw new UsageError(
    `${first ? problemInWords(file, first) : file}${more > 0 ? ` And ${more} more: heron inventory check ${file} lists them all.` : ''}`,
  );
}

/** Monitors an inventory in this process, as `heron watch` does, with a temporary history. */
async function monitored(
  file: InventoryFile,
  { label, by, notify }: { label: string; by: string | null; notify: Notify },
): Promise<{ source: WallSource; monitor: Monitor }> {
  const version = heronVersion();
  const run = await openRunHistory(null, noProof, version);
  try {
    const inventory = identifyInventory(file, await run.history.inventory());
    await run.history.putInventory(inventory, systemClock.nowMs());
    const secrets = environmentSecrets(process.env, demoPasswords);
    for (const missing of await missingPasswords(inventory, secrets)) notify(missing);
    const monitor = await startMonitor(inventory, {
      polling: systemPolling,
      history: run.history,
      secrets,
      traps: null,
      version,
    });
    const source = monitorSource(monitor, {
      history: run.history,
      label,
      by: by ?? os.userInfo().username,
      close: async () => {
        await monitor.stop();
        await run.close();
      },
    });
    return { source, monitor };
  } catch (fault) {
    await run.close();
    throw fault;
  }
}
