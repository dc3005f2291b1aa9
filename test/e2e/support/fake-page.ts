import path from 'node:path';
import { _electron, expect, type Page } from '@playwright/test';
import { startPageServer } from '../../../build/development/page-server.mjs';
import { rootFolder } from '../../../build/shared/paths.mjs';
import { sandboxArguments } from './heron';

/** What to open on the fake page. */
export interface FakeView {
  scenario: string;
  /** Further parameters of the address, such as `&still`. */
  more?: string;
  /** The route. */
  view: string;
  /** Of the window, in pixels of the screen. */
  size: readonly [width: number, height: number];
  /** As by Ctrl =; 1 unless it is given. */
  zoom?: number;
  preferences: Record<string, unknown>;
}

/** The page on made-up data in a real window, without Heron's main process. */
export interface FakePage {
  page: Page;
  open(shown: FakeView): Promise<void>;
  /** A PNG of the whole window. Playwright's own pictures of a page that is zoomed in show a part of it only. */
  picture(): Promise<Buffer>;
  close(): Promise<void>;
}

/** Starts the page's development server and a window on it. */
export async function startFakePage(): Promise<FakePage> {
  const { server, origin } = await startPageServer({ rootFolder, fake: true });
  const app = await _electron.launch({
    args: [...sandboxArguments(), path.join(import.meta.dirname, 'fake-page-window.cjs')],
    env: process.env as Record<string, string>,
  });
  const page = await app.firstWindow();
  // The server may still be preparing the page, which every test opens by itself.
  await page.goto(`${origin}/?scenario=well`, { waitUntil: 'commit', timeout: 90_000 });
  return {
    page,
    async open({ scenario, more = '', view, size, zoom = 1, preferences }) {
      await app.evaluate(
        ({ BrowserWindow }, { width, height, factor }) => {
          const [window] = BrowserWindow.getAllWindows();
          window?.setContentSize(width, height);
          window?.webContents.setZoomFactor(factor);
        },
        { width: size[0], height: size[1], factor: zoom },
      );
      await expect
        .poll(() => page.evaluate(() => [outerWidth, Math.round(devicePixelRatio * 100)]), {
          timeout: 60_000,
        })
        .toEqual([size[0], Math.round(zoom * 100)]);
      await page.evaluate(
        (text) => localStorage.setItem('heron.preferences', text),
        JSON.stringify(preferences),
      );
      // Another query, so that the page is loaded again even when only the hash differs.
      await page.goto(`${origin}/?scenario=${scenario}${more}&at=${Date.now()}#${view}`);
      await page.evaluate(() => document.fonts.ready);
    },
    async picture() {
      // What was changed last is painted by the second frame.
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
      const png = await app.evaluate(async ({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        return (await window?.webContents.capturePage())?.toPNG().toString('base64') ?? '';
      });
      return Buffer.from(png, 'base64');
    },
    async close() {
      await app.close();
      await server.close();
    },
  };
}
