import type { Page } from '@playwright/test';

export interface ToldRows {
  /** Rows that the page was told of as changed, a second. */
  rowsPerSecond: number;
  noticesPerSecond: number;
  /** How late the main process polls, as it says itself. */
  lagMs: number;
}

/** Counts what the page is told for some seconds. Reading it twice costs time: not while anything else is measured. */
export async function toldRows(page: Page, seconds: number): Promise<ToldRows> {
  return page.evaluate(async (lengthS) => {
    const told = { rows: 0, notices: 0, lagMs: 0 };
    const stop = window.heron?.on('snapshot.changed', (text) => {
      const change = JSON.parse(text) as {
        clusters: unknown[];
        metrics?: { ids: string[] } | null;
        monitor: { lagMs: number };
      };
      told.rows += change.clusters.length + (change.metrics?.ids.length ?? 0);
      told.notices += 1;
      told.lagMs = Math.max(told.lagMs, change.monitor.lagMs);
    });
    await new Promise((resolve) => setTimeout(resolve, lengthS * 1000));
    stop?.();
    return {
      rowsPerSecond: Math.round(told.rows / lengthS),
      noticesPerSecond: told.notices / lengthS,
      lagMs: told.lagMs,
    };
  }, seconds);
}
