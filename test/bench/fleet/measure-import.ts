import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkedImport } from '../../../domain/vendor/checked-import';
import { progressFile, type ImportProgress } from '../../../monitor/vendor/import-progress';
import { readVendorInventory } from '../../../monitor/vendor/read-vendor-inventory';
import { SkippingClock } from '../../fixtures/clock/skipping-clock';
import { vendorFleet, VendorStandIn } from '../../fixtures/vendor/vendor-stand-in';

const clusterCount = 400;
/** 3,000 in all. */
const edgesOf = (cluster: number): number => (cluster % 2 === 0 ? 7 : 8);
/** The import ends here once, with half of the edges read, and starts again. */
const crashAfterEdges = 1_500;

/** What importing 400 clusters with 3,000 edges takes. */
export interface ImportMeasure {
  /** From the first request to the checked preview: waits of the rate limits (virtual time) and work (real time) together. */
  importSeconds: number;
  /** The part that the rate limits make it wait, by a clock that skips waits. */
  waitedSeconds: number;
  /** The part that is requests on this computer, reading and planning. */
  workSeconds: number;
  clusters: number;
  edges: number;
  /** Requests for pages, those before the crash included. */
  requests: number;
  /** Requests that the stand-in refused because they exceeded a limit. */
  refusals: number;
  /** Pages that were requested again after the crash. */
  repeatedPages: number;
}

/** Imports the fleet from a stand-in of the vendor's API, which keeps the limits by the same clock, with a crash half-way. */
export async function measureImport(): Promise<ImportMeasure> {
  const clock = new SkippingClock();
  const vendor = new VendorStandIn(clock);
  Object.assign(vendor, vendorFleet(clusterCount, edgesOf));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-import-'));
  const stored = progressFile(path.join(folder, 'progress.json'));
  try {
    const options = {
      addresses: await vendor.start(),
      client: vendor.client,
      clock,
      random: () => 0.5,
    };
    const [begunMs, begunVirtualMs] = [performance.now(), clock.nowMs()];
    await readVendorInventory({ ...options, progress: crashing(stored) }).catch((fault: unknown) => {
      if (!(fault instanceof Crash)) throw fault;
    });
    const read = await readVendorInventory({ ...options, progress: stored });
    const rules = [{ management: 'proxy' as const, http: true }];
    const planned = checkedImport(
      read,
      { credentials: [], clusters: [], standaloneEdges: [] },
      { rules, credentials: [] },
    );
    if (!planned.ok) throw new Error(`The import has problems: ${planned.problems[0]?.reason}`);
    const workSeconds = (performance.now() - begunMs) / 1000;
    const waitedSeconds = (clock.nowMs() - begunVirtualMs) / 1000;
    const pages = vendor.log.filter((line) => line.includes('?page='));
    return {
      importSeconds: waitedSeconds + workSeconds,
      waitedSeconds,
      workSeconds,
      clusters: planned.import.file.clusters.length,
      edges: planned.import.file.clusters.reduce((sum, { edges }) => sum + edges.length, 0),
      requests: pages.length,
      refusals: vendor.log.filter((line) => line.endsWith(' 429')).length,
      repeatedPages: pages.length - new Set(pages).size,
    };
  } finally {
    await vendor.stop();
    rmSync(folder, { recursive: true });
  }
}

class Crash extends Error {}

/** Stores progress until half of the edges are read, then throws as if the process ended between two pages. */
function crashing(stored: ReturnType<typeof progressFile>) {
  return {
    ...stored,
    save: async (progress: ImportProgress) => {
      await stored.save(progress);
      if (progress.edges.items.length >= crashAfterEdges) throw new Crash();
    },
  };
}
