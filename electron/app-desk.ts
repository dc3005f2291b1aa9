import { systemClock } from '../monitor/base/clock';
import type { AppServices } from './app-services';
import { wasStartedAtLogin } from './computer/start-at-login';
import { Desk, type DeskOptions } from './desk/desk';
import type { PreferencesFile } from './settings/preferences';

interface AppState extends Pick<DeskOptions, 'folder' | 'quitStopsChanged' | 'quit'> {
  isEnding(): boolean;
}

/** Heron on this computer's desk, fed with the notices of alerts. */
export function makeDesk(
  { window, session, publisher, files, startup, channels, noticeListeners }: AppServices,
  preferences: PreferencesFile,
  { isEnding, ...state }: AppState,
): Desk {
  const desk = new Desk({
    ...state,
    window,
    session,
    published: publisher,
    preferences,
    clock: systemClock,
    // While a file is open nothing is monitored that could go on.
    canKeep: () => !isEnding() && !startup.failed && files.opened === null && session.running !== null,
    channels: () => channels.deliveringCount,
  });
  noticeListeners.add((notice) => desk.handle(notice));
  return desk;
}

/** Whether Heron starts in the tray, as it does at login. */
export function startsHidden({ hidden }: { hidden: boolean }): boolean {
  return hidden || wasStartedAtLogin();
}
