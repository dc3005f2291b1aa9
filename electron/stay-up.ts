import type { AppServices } from './app-services';
import { surviveFaults } from './self-restart';
import { watchChromiumProcesses } from './window/gpu-fallback';

export { followSystem } from './system-events';

/** Keeps the app up when a process of Chromium ends, or an error in the main process is caught by nothing. `stop` ends it in order. */
export function stayUp(
  services: AppServices,
  { folder, restarts, stop }: { folder: string; restarts: number; stop(why: string): void },
): void {
  surviveFaults(services, restarts, stop);
  watchChromiumProcesses(folder);
}
