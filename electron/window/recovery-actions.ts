import type { BrowserWindow } from 'electron';
import { HistoryError } from '../../db/model/history-error';
import { appOrigin } from '../security/content-policy';

/** What a person can do when a history is refused at the start. */
export type WayOn = 'try-again' | 'open-other' | 'start-new' | 'quit';

export const wayWords: Record<WayOn, { words: string; aside: string }> = {
  'try-again': { words: 'Try again', aside: 'Once the reason is gone.' },
  'open-other': {
    words: 'Open another history…',
    aside: 'A backup, for instance. It is the one that is written from then on, until Heron is closed.',
  },
  'start-new': {
    words: 'Start a new history',
    aside: 'The old file stays beside it under another name, unchanged.',
  },
  quit: { words: 'Quit', aside: 'Nothing is changed.' },
};

const wayPath = '/way/';

/** The ways on from a failed start, best first; none but closing the window when it was not the history. */
export function waysOn(fault: unknown): WayOn[] {
  if (!(fault instanceof HistoryError)) return [];
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
      // Putting the file aside would not help, or would take it away from whoever writes it.
      return ['try-again', 'open-other', 'quit'];
  }
}

/** Where the link of a way leads: nowhere, `followWays` takes it. */
export function wayLink(way: WayOn): string {
  return `${wayPath}${way}`;
}

/** Hears which way was chosen on the stopped page, whose links it takes before anything is loaded. */
export function followWays(window: BrowserWindow, follow: (way: WayOn) => void): void {
  window.webContents.on('will-navigate', (event) => {
    const prefix = `${appOrigin}${wayPath}`;
    if (!event.url.startsWith(prefix)) return;
    event.preventDefault();
    const chosen = event.url.slice(prefix.length);
    if (Object.hasOwn(wayWords, chosen)) follow(chosen as WayOn);
  });
}
