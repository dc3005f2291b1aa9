import type { Inventory } from '../../../domain/inventory/inventory';
import { measureFrames } from '../ui/frames';
import { freshUserData } from '../ui/fresh-history';
import { memoryOf } from '../ui/memory';
import { startApp } from '../ui/started-app';
import path from 'node:path';

/** The wall while every edge is polled each 5 s and its role each second. */
export interface WallCost {
  /** Processor time of the page for the worst frame of each half second, 95th percentile. */
  wallFrameCpuMs: number;
  /** All processes of the app. */
  appMb: number;
}

const frameSeconds = 12;
/** The first round of polls is spread over 4 ms an edge. */
const roundMsPerEdge = 4;
const settleMs = 10_000;

/** Starts the real app with scripted edges on the wall of an inventory. */
export async function measureWall({
  main,
  folder,
  inventory,
}: {
  main: string;
  folder: string;
  inventory: Inventory;
}): Promise<WallCost> {
  const edges = inventory.clusters.reduce((sum, cluster) => sum + cluster.edges.length, 0);
  const userData = freshUserData(folder, inventory);
  const { app, page } = await startApp({ main, userData, link: 'heron://wall' });
  try {
    await page.locator('.wall [data-cluster]').first().waitFor();
    await page.waitForTimeout(settleMs + edges * roundMsPerEdge);
    const { pssMb } = memoryOf(app);
    const { worstCpuP95Ms } = await measureFrames(app, page, path.join(folder, 'trace.json'), frameSeconds);
    return { wallFrameCpuMs: worstCpuP95Ms, appMb: pssMb };
  } finally {
    await app.close();
  }
}
