import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import type { AppMetrics } from '../../monitor/usecases/app-metrics';
import type { TrapPort } from '../../monitor/traps/trap-port';
import { applyTheme, backgroundOf } from '../settings/appearance';
import type { PreferencesFile } from '../settings/preferences';
import type { AppWindow } from '../window/app-window';

type SettingsRequest =
  | 'metrics.status'
  | 'metrics.set'
  | 'window.fullScreen'
  | 'traps.status'
  | 'traps.set'
  | 'appearance.set'
  | 'welcome.status'
  | 'welcome.set';

/** The handlers of the window's and this computer's settings. */
export function settingsHandlers(
  preferences: PreferencesFile,
  trapPort: TrapPort,
  window: AppWindow,
  metrics: AppMetrics,
): Pick<RequestHandlers, SettingsRequest> {
  return {
    'window.fullScreen': ({ on }) => {
      window.current?.setFullScreen(on);
    },
    'welcome.status': () => ({ shown: preferences.get().welcome }),
    'welcome.set': ({ shown }) => preferences.set({ welcome: shown }),
    'metrics.status': () => metrics.status(),
    'metrics.set': ({ address, token }) => {
      if (token !== null) metrics.setToken(token);
      preferences.set({ metricsAddress: address });
      return metrics.start(address);
    },
    'traps.status': () => trapPort.status(),
    'traps.set': ({ port }) => {
      preferences.set({ trapPort: port });
      return trapPort.set(port);
    },
    'appearance.set': ({ theme }) => {
      preferences.set({ theme });
      applyTheme(theme);
      window.current?.setBackgroundColor(backgroundOf(theme));
    },
  };
}
