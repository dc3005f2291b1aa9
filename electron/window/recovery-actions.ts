import type { BrowserWindow } from 'electron';
import { HistoryError } from '../../db/model/history-error';
import { InventoryRefused } from '../../monitor/inventory/inventory-file';
import { appOrigin } from '../security/content-policy';

/** What the user can do after Heron could not start monitoring, or could not show its page. */
export type RecoveryAction =
  'choose-inventory' | 'try-again' | 'show-demo' | 'open-other' | 'start-new' | 'show-window' | 'quit';

export const recoveryWords: Record<RecoveryAction, { label: string; hint: string }> = {
  'choose-inventory': { label: 'Choose another file…', hint: 'An inventory file of your own edges.' },
  'show-demo': { label: 'Show the demo fleet', hint: 'Simulated edges with a history of their own.' },
  'try-again': { label: 'Try again', hint: 'After fixing the cause.' },
  'open-other': {
    label: 'Open another history…',
    hint: 'For example a backup. Heron records to it until Heron is closed.',
  },
  'start-new': {
    label: 'Start a new history',
    hint: 'The old file stays next to it under another name, unchanged.',
  },
  'show-window': { label: 'Show it now', hint: 'Monitoring goes on meanwhile.' },
  quit: { label: 'Quit', hint: 'Nothing is changed.' },
};

const recoveryPath = '/recover/';

/** The recovery actions after a failed start, best first. */
export function recoveryActions(fault: unknown): RecoveryAction[] {
  if (fault instanceof InventoryRefused) return ['choose-inventory', 'try-again', 'show-demo', 'quit'];
  if (!(fault instanceof HistoryError)) return ['try-again', 'choose-inventory', 'quit'];
  switch (fault.failure.code) {
    case 'newer-file':
    case 'older-file':
    case 'not-a-history':
    case 'damaged':
      return ['open-other', 'start-new', 'quit'];
    case 'already-written':
    case 'not-writable':
    case 'not-readable':
    case 'thread-ended':
    case 'bad-request':
      // Moving the file aside would not help, or would take it away from the process that writes it.
      return ['try-again', 'open-other', 'quit'];
  }
}

/** The link of an action on the stopped page. It is never loaded: `onRecoveryAction` intercepts it. */
export function recoveryLink(action: RecoveryAction): string {
  return `${recoveryPath}${action}`;
}

/** Calls `listener` with the action that the person chose on the stopped page. */
export function onRecoveryAction(window: BrowserWindow, listener: (action: RecoveryAction) => void): void {
  window.webContents.on('will-navigate', (event) => {
    const prefix = `${appOrigin}${recoveryPath}`;
    if (!event.url.startsWith(prefix)) return;
    event.preventDefault();
    const chosen = event.url.slice(prefix.length);
    if (Object.hasOwn(recoveryWords, chosen)) listener(chosen as RecoveryAction);
  });
}
