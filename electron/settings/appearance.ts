import { nativeTheme } from 'electron';
import type { Preferences } from './preferences';

/** The colours of `--bg-0`, so that nothing flashes before the page is drawn. */
const backgrounds = { dark: '#0B1016', light: '#EEF2F6', contrast: '#000000' };

/** Tells Electron, and by it the page's own colour scheme. High contrast is a dark theme. */
export function applyTheme(theme: Preferences['theme']): void {
  nativeTheme.themeSource = theme === 'contrast' ? 'dark' : theme;
}

/** What stands behind the page until it is drawn. */
export function backgroundOf(theme: Preferences['theme']): string {
  const system = nativeTheme.shouldUseHighContrastColors;
  if (theme === 'contrast' || (theme === 'system' && system)) return backgrounds.contrast;
  return backgrounds[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'];
}
