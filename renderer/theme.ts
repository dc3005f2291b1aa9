/** Which colours: the system's choice, or one of the two. */
export type ThemeChoice = 'system' | 'dark' | 'light';

const systemIsLight = window.matchMedia('(prefers-color-scheme: light)');
let chosen: ThemeChoice = 'system';

/** Puts the chosen theme on the document. `public/theme-start.js` does the same once, before anything is drawn. */
export function applyTheme(theme: ThemeChoice): void {
  chosen = theme;
  document.documentElement.dataset['theme'] =
    theme === 'system' ? (systemIsLight.matches ? 'light' : 'dark') : theme;
}

systemIsLight.addEventListener('change', () => applyTheme(chosen));
