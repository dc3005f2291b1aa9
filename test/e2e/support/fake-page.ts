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
  size: readonly [width: number, height: number];
  preferences: Record<string, unknown>;
}

/** The page on made-up data in a real window, without Heron's main process. */
export interface FakePage {
  page: Page;
  open(shown: FakeView): Promise<void>;
  close(): Promise<void>;
}

/** Starts the page's development server and a window on it. */
export async function startFakePage(): Promise<FakePage> {
  const { server, origin } = await startPageServer({ rootFolder, fake: true });
  const app = await _electron.launch({
    args: [...sandboxArguments(), path.join(import.meta.dirname, 'fake-page-window.cjs')],
    env: { ...(process.env as Record<string, string>), HERON_FAKE_PAGE: `${origin}/?scenario=well` },
  });
  const page = await app.firstWindow();
  return {
    page,
    async open({ scenario, more = '', view, size, preferences }) {
      await app.evaluate(
        ({ BrowserWindow }, [width, height]) =>
          BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
        size,
      );
      await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual(size);
      await page.evaluate(
        (text) => localStorage.setItem('heron.preferences', text),
        JSON.stringify(preferences),
      );
      // Another query, so that the page is loaded again even when only the hash differs.
      await page.goto(`${origin}/?scenario=${scenario}${more}&at=${Date.now()}#${view}`);
      await page.evaluate(() => document.fonts.ready);
    },
    async close() {
      await app.close();
      await server.close();
    },
  };
}
