import type { Page } from '@playwright/test';

/** What is wider than the window or than what holds it. */
export function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element): string =>
      `${element.tagName}.${element.getAttribute('class')} ${element.textContent.trim().slice(0, 30)}`;
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    for (const element of document.querySelectorAll('body *')) {
      const { overflowX, visibility } = getComputedStyle(element);
      if (visibility === 'hidden' || element.closest('.sr-only, svg')) continue;
      // A table of many columns may scroll within itself: the answer of an audit, and any zoomed in.
      const mayScroll =
        element.classList.contains('answer') ||
        (innerWidth < 1024 && element.querySelector(':scope > table'));
      const scrolls = !mayScroll && (overflowX === 'auto' || overflowX === 'scroll');
      if (scrolls && element.scrollWidth > element.clientWidth + 1)
        found.push(`scrolls sideways: ${name(element)}`);
      if (element.getBoundingClientRect().right <= innerWidth + 1) continue;
      let holder = element.parentElement;
      while (holder && getComputedStyle(holder).overflowX === 'visible') holder = holder.parentElement;
      if (!holder) found.push(`outside of the window: ${name(element)}`);
    }
    return found;
  });
}
