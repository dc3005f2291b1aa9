/** The colour theme: the system's choice, or one of three. */
export type ThemeChoice = 'system' | 'dark' | 'light' | 'contrast';

/** The themes, as shown in Settings and the palette. */
export const themeNames: readonly { id: ThemeChoice; words: string }[] = [
  { id: 'system', words: 'As the system' },
  { id: 'dark', words: 'Dark' },
  { id: 'light', words: 'Light' },
  { id: 'contrast', words: 'High contrast' },
];

const systemIsLight = window.matchMedia('(prefers-color-scheme: light)');
const systemWantsContrast = window.matchMedia('(prefers-contrast: more)');
let chosen: ThemeChoice = 'system';

/** Applies the theme to the document. `public/theme-start.js` does the same once, before anything is drawn. */
export function applyTheme(theme: ThemeChoice): void {
  chosen = theme;
  document.documentElement.dataset['theme'] = theme === 'system' ? ofSystem() : theme;
}

function ofSystem(): Exclude<ThemeChoice, 'system'> {
  if (systemWantsContrast.matches) return 'contrast';
  return systemIsLight.matches ? 'light' : 'dark';
}

for (const asked of [systemIsLight, systemWantsContrast]) {
  asked.addEventListener('change', () => applyTheme(chosen));
}
