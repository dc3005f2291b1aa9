import { app, type BrowserWindow } from 'electron';
import type { DeskState } from '../../domain/desk/desk-state';
import { trayImage } from './tray-image';

/** Shows the number of unacknowledged alerts at Heron's entry of the task bar or dock, where the system has a place for it. */
export function showBadge(window: BrowserWindow | null, { worst, count, tooltip }: DeskState): void {
  if (process.platform !== 'win32') app.setBadgeCount(count);
  else window?.setOverlayIcon(count === 0 ? null : trayImage(worst, count), tooltip);
}

/** Asks for attention at the task bar until the window is in front. */
export function flash(window: BrowserWindow | null): void {
  if (window === null || window.isFocused()) return;
  window.flashFrame(true);
  window.once('focus', () => window.flashFrame(false));
}
