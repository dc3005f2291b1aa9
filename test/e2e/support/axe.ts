import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Checked by every rule; the other themes differ in their colours only. */
const firstTheme = 'dark';
const otherThemes = ['light', 'contrast'] as const;
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The violations that axe finds in the window, in each theme, one line per element. */
export async function violationsIn(page: Page, where: string): Promise<string[]> {
  // Electron has no second page that axe could run its last step in.
  const axe = (): AxeBuilder =>
    new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const found: string[] = [];
  const add = async (theme: string, builder: AxeBuilder): Promise<void> => {
    await page.evaluate(async (name) => {
      document.documentElement.dataset['theme'] = name;
      // Colours in transition are of no theme; endless animations have no end to wait for.
      const ending = document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      // Where an element was replaced meanwhile, Chromium may settle nothing; no transition lasts as long as this.
      const longest = new Promise((resolve) => setTimeout(resolve, 2_000));
      await Promise.race([Promise.allSettled(ending.map(({ finished }) => finished)), longest]);
    }, theme);
    const { violations } = await builder.analyze();
    for (const { id, nodes } of violations) {
      for (const node of nodes.slice(0, 4)) {
        const why = node.failureSummary?.split('\n')[1] ?? '';
        found.push(`${theme} ${where}: ${id}: ${node.html.slice(0, 160)} ${why}`);
      }
    }
  };
  await add(firstTheme, axe().withTags(levels));
  for (const theme of otherThemes) await add(theme, axe().withRules('color-contrast'));
  return found;
}
