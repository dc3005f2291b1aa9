import type { Page } from '@playwright/test';
import { seededRandom } from '../history/random';

const moves = 24;
const typed = ['site-0777', 'up 10.3'];
const sortings = 8;

/**
 * From each key (as the browser stamped it) to the painting of the first frame that shows its effect, milliseconds. Keys come at
 * any moment between two updates: going through the rows, typing a search and taking it back, sorting.
 */
export async function measureKeys(page: Page): Promise<number[]> {
  const random = seededRandom(17);
  const pause = (): Promise<void> => page.waitForTimeout(80 + 250 * random());
  const press = async (key: string): Promise<void> => {
    await page.keyboard.press(key);
    await page.evaluate(() => (globalThis as unknown as { benchKeys: Taken }).benchKeys.last);
    await pause();
  };
  await page.evaluate(timeKeys);
  await page.keyboard.press('j');
  await pause();
  for (let move = 0; move < moves; move += 1) await press(move % 4 === 3 ? 'k' : 'j');
  for (const text of typed) {
    await page.getByRole('textbox', { name: 'Search' }).focus();
    for (const key of text) await press(key);
    for (let back = 0; back < 4; back += 1) await press('Backspace');
    await page.keyboard.press('Escape');
    await pause();
  }
  const headings = page.getByRole('columnheader').getByRole('button');
  for (let sorting = 0; sorting < sortings; sorting += 1) {
    await headings.nth(sorting % 4).focus();
    await press('Enter');
  }
  return page.evaluate(() => (globalThis as unknown as { benchKeys: Taken }).benchKeys.tookMs);
}

interface Taken {
  /** Settles when the latest key has shown its effect. */
  last: Promise<void>;
  tookMs: number[];
}

/** In the page: listens to keys, and looks at every frame after one whether it shows another state. */
function timeKeys(): void {
  const taken: Taken = { last: Promise.resolve(), tookMs: [] };
  Object.assign(globalThis, { benchKeys: taken });
  const shown = (): string => {
    const active = document.activeElement as HTMLElement | null;
    const field = document.querySelector<HTMLInputElement>('input[aria-label=Search]');
    const grid = document.querySelector('[role=grid]');
    const sorts = [...document.querySelectorAll('[role=columnheader]')].map((head) =>
      head.getAttribute('aria-sort'),
    );
    return JSON.stringify([
      active?.dataset['row'],
      field?.value,
      field?.value ? grid?.getAttribute('aria-rowcount') : '',
      sorts,
    ]);
  };
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve(performance.now());
      };
      port2.postMessage(null);
    });
  const follow = async (event: KeyboardEvent): Promise<void> => {
    const before = shown();
    for (;;) {
      await new Promise(requestAnimationFrame);
      if (shown() !== before) break;
      if (performance.now() - event.timeStamp > 5000) throw new Error(`${event.key} had no effect in 5 s`);
    }
    taken.tookMs.push((await painted()) - event.timeStamp);
  };
  const taking = (event: KeyboardEvent): void => {
    taken.last = follow(event);
  };
  window.addEventListener('keydown', taking, { capture: true });
}
