import type { Page } from '@playwright/test';

export interface WallMeasures {
  /** What is cut, outside its place or over something else, one line each. */
  faults: string[];
  /** The smallest font size of problem names, reasons, other names, and of any text, px. */
  smallest: { problemName: number; reason: number; name: number; any: number };
  /** What of the height of the area for tiles is used, 0..1. */
  usedHeight: number;
  clusters: string[];
}

/** Measures the wall as the browser has drawn it. */
export function measureWall(page: Page): Promise<WallMeasures> {
  return page.evaluate(() => {
    const tolerancePx = 1;
    const faults: string[] = [];
    const textsOf =
      '.open, .site, .state, .reason, .timer, .since, .facts, .tag, .lb, .spare, .item, .heading, .more';
    const nameOf = (tile?: HTMLElement): string => tile?.dataset['cluster'] || tile?.className || '';
    const wall = document.querySelector('main[aria-label="Wall"]');
    const room = wall?.querySelector('.room')?.getBoundingClientRect();
    const tiles = [...document.querySelectorAll<HTMLElement>('.room > *')];
    if (!wall || !room) throw new Error('There is no wall on the page.');

    const isInside = (inner: DOMRect, outer: DOMRect): boolean =>
      inner.left >= outer.left - tolerancePx &&
      inner.right <= outer.right + tolerancePx &&
      inner.top >= outer.top - tolerancePx &&
      inner.bottom <= outer.bottom + tolerancePx;
    const hits = (a: DOMRect, b: DOMRect): boolean =>
      a.left < b.right - tolerancePx &&
      b.left < a.right - tolerancePx &&
      a.top < b.bottom - tolerancePx &&
      b.top < a.bottom - tolerancePx;

    const boxes = tiles.map((tile) => tile.getBoundingClientRect());
    for (const [index, tile] of tiles.entries()) {
      const box = boxes[index];
      const name = nameOf(tile);
      if (!box || !isInside(box, room)) faults.push(`${name} is outside the wall`);
      const over = boxes.slice(index + 1).findIndex((other) => box && hits(box, other));
      if (over >= 0) faults.push(`${name} is over ${nameOf(tiles[index + 1 + over])}`);
      // Texts of one tile must neither leave it nor cover each other.
      const texts = [...tile.querySelectorAll<HTMLElement>(textsOf)];
      const textBoxes = texts.map((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        const { left, top, width, height } = range.getBoundingClientRect();
        // A line's box is higher than its letters: at its top and bottom a tenth of the font size is empty.
        const emptyPx = parseFloat(getComputedStyle(text).fontSize) * 0.12;
        return new DOMRect(left, top + emptyPx, width, height - 2 * emptyPx);
      });
      for (const [at, text] of texts.entries()) {
        const textBox = textBoxes[at];
        const what = `${name}: "${text.textContent?.trim().slice(0, 40)}"`;
        if (!box || !textBox || !isInside(textBox, box)) faults.push(`${what} leaves its tile`);
        const covered = textBoxes.slice(at + 1).some((other) => textBox && hits(textBox, other));
        if (covered) faults.push(`${what} is over another text`);
        if (
          text.scrollWidth > text.clientWidth + tolerancePx &&
          getComputedStyle(text).display !== 'inline'
        ) {
          faults.push(`${what} is cut`);
        }
        if (getComputedStyle(text).textOverflow === 'ellipsis')
          faults.push(`${what} may be cut by an ellipsis`);
      }
    }
    for (const always of wall.querySelectorAll('.leave, .time, .title, .counts li')) {
      const box = always.getBoundingClientRect();
      if (!isInside(box, new DOMRect(0, 0, innerWidth, innerHeight)))
        faults.push(`cut: ${always.textContent}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the page is wider than the window');

    const smallestOf = (selector: string): number =>
      Math.min(
        ...[...wall.querySelectorAll<HTMLElement>(selector)].map((one) =>
          parseFloat(getComputedStyle(one).fontSize),
        ),
      );
    return {
      faults,
      smallest: {
        problemName: smallestOf('.tile.problem .open'),
        reason: smallestOf('.tile.problem .reason'),
        name: smallestOf('.tile:not(.problem) .open'),
        any: smallestOf(`${textsOf}, .wall > .head p, .wall > .head li, .wall > .foot :is(p, li, a)`),
      },
      usedHeight: (Math.max(...boxes.map(({ bottom }) => bottom)) - room.top) / room.height,
      clusters: tiles.flatMap((tile) => tile.dataset['cluster'] ?? []),
    };
  });
}
