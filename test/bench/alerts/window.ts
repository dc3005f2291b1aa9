import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { AlertChange } from '../../../domain/contract/alerts';
import { noticeChannel } from '../../../domain/contract/ipc-json';
import type { Alert, Silence } from '../../../domain/model/alert';
import { madeAlert } from '../../fixtures/fake-bridge/alerts';
import { measureFrames } from '../ui/frames';

export interface AlertsWindowResult {
  /** The page's own work for a frame of the alerts screen while alerts change and the list is scrolled, 95th percentile. */
  frameP95Ms: number;
  frameMedianMs: number;
  /** In each half second the frame with most work, as processor time, 95th percentile: what a busy machine took away is not in it. */
  worstFrameCpuP95Ms: number;
  frames: number;
}

const changeEveryMs = 250;
/** So many alerts differ in each change, as where words of conditions change. */
const changedAtOnce = 50;
const seconds = 10;

/** The alerts screen in the real window with so many open alerts, of which some change all the time, and silences in force. */
export async function measureAlertsWindow(
  main: string,
  alerts: number,
  silences: number,
): Promise<AlertsWindowResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-bench-alerts-'));
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const inventory = path.join(main, 'test', 'fixtures', 'inventories', 'example.json');
  const args = [...sandbox, main, '--user-data', folder, '--inventory', inventory];
  const app = await _electron.launch({ args });
  try {
    const page = await app.firstWindow();
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.evaluate(() => void (location.hash = '#/alerts'));
    await page.getByRole('region', { name: 'Alerts' }).waitFor();
    const nowMs = Date.now();
    const all = Array.from({ length: alerts }, (_, index) =>
      madeAlert('cluster-down', `c-${String(index + 1).padStart(4, '0')}`, nowMs - index * 1_000),
    );
    await send(app, all, madeSilences(silences, nowMs));
    await page.locator('.alert', { hasText: 'c-0' }).first().waitFor();
    const stop = changing(app, page, all);
    const { allP95Ms, medianMs, worstCpuP95Ms, frames } = await measureFrames(
      ...([app, page, path.join(folder, 'trace.json'), seconds] as const),
    );
    await stop();
    return { frameP95Ms: allP95Ms, frameMedianMs: medianMs, worstFrameCpuP95Ms: worstCpuP95Ms, frames };
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

/** Sends changes and scrolls the list until it is stopped. */
function changing(app: ElectronApplication, page: Page, all: readonly Alert[]): () => Promise<void> {
  let isStopped = false;
  const running = (async () => {
    await page.locator('.scroller').hover();
    for (let turn = 0; !isStopped; turn += 1) {
      const from = (turn * changedAtOnce) % all.length;
      const changed = all
        .slice(from, from + changedAtOnce)
        .map((alert) => ({ ...alert, detail: `Change ${turn}.`, changedMs: Date.now() }));
      await send(app, changed);
      await page.mouse.wheel(0, turn % 20 < 10 ? 400 : -400);
      await page.waitForTimeout(changeEveryMs);
    }
  })();
  return () => {
    isStopped = true;
    return running;
  };
}

function madeSilences(count: number, nowMs: number): Silence[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ id: `silence-${index}`, matcher: { cluster: `other-${index}-*` }, author: 'noc', reason: 'Works.' },
    ...{ fromMs: nowMs, endsMs: nowMs + 3_600_000 + index, held: 0 },
  }));
}

async function send(
  app: ElectronApplication,
  changed: readonly Alert[],
  silences: readonly Silence[] = [],
): Promise<void> {
  const change: AlertChange = {
    ...{ atMs: Date.now(), changed: [...changed], removedIds: [] },
    silences: silences.length > 0 ? { changed: [...silences], removedIds: [] } : null,
  };
  await app.evaluate(
    ({ BrowserWindow }, [channel, text]) =>
      BrowserWindow.getAllWindows()[0]?.webContents.send(channel ?? '', 'alerts.changed', text),
    [noticeChannel, JSON.stringify(change)],
  );
}
