import { useShortcuts } from './use-shortcuts';
import { useWindowTitle } from './use-window-title';

/** What belongs to the window whatever view it shows: its shortcuts and its title. */
export function useWindow(): void {
  useShortcuts();
  useWindowTitle();
}
