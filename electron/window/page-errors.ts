import type { WebContents } from 'electron';
import { countFault } from '../../monitor/log/guard';

/** Electron before 35 passes the level as a number. */
const oldErrorLevel = 3;

/** Chromium reports under this name that an observer of sizes goes on in the next frame (Resize Observer specification, section 3.4.2): no error. */
const lateResize = 'ResizeObserver loop';

/** Logs and counts errors of the page that nothing caught there: the console, where they end, is seen by nobody. */
export function logPageErrors(contents: WebContents): void {
  contents.on('console-message', (event: object, ...old: unknown[]) => {
    const [level, message] = 'level' in event && 'message' in event ? [event.level, event.message] : old;
    const isError = level === 'error' || level === oldErrorLevel;
    if (isError && !String(message).startsWith(lateResize))
      countFault('the page', String(message).slice(0, 1_000));
  });
}
