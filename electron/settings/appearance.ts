import { nativeTheme } from 'electron';
import type { Preferences } from './preferences';

/** The colours of `--bg-0`, so that the window does not flash before its page is drawn. */
const backgrounds = { dark: '#0B1016', light: '#EEF2F6', contrast: '#000000' };

/** Sets Electron's theme, and with it the page's colour scheme. High contrast is a dark theme. */
export function applyTheme(theme: Preferences['theme']): void {
  nativeTheme.themeSource = theme === 'contrast' ? 'dark' : theme;
}

/** The window's colour until its page is drawn. */
export function backgroundOf(theme: Preferences['theme']): string {
  const system = nativeTheme.shouldUseHighContrastColors;
  if (theme === 'contrast' || (theme === 'system' && system)) return backgrounds.contrast;
  return backgrounds[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'];
}
