import type { Monitor } from '../../monitor/start-monitor';

/** Where status messages go. Errors are printed with --quiet, too. */
export interface Messages {
  progress(words: string): void;
  complain(words: string): void;
}

/** Prints what changes in Heron's own condition while it monitors: trouble, the history file, its proof. */
export function reportStatus(monitor: Monitor, { progress, complain }: Messages): void {
  reportTroubles(monitor, complain);
  reportHistoryFile(monitor, progress, complain);
  reportProof(monitor, complain);
}

/** Reports once when Heron itself is in trouble, and when it has recovered. */
function reportTroubles(monitor: Monitor, complain: (words: string) => void): void {
  let last = '';
  monitor.onChange(({ monitor: status }) => {
    const historyFails = status.history.state === 'failing';
    const trouble = historyFails || ['partly-blind', 'blind', 'stalled'].includes(status.state);
    const state = trouble ? (historyFails ? 'history' : status.state) : '';
    if (state !== last) complain(historyFails ? status.history.words : status.words);
    last = state;
  });
}

/** Reports each change in the history file's condition once: a check is progress, damage is a complaint. */
function reportHistoryFile(
  monitor: Monitor,
  progress: (words: string) => void,
  complain: (words: string) => void,
): void {
  let lastMs = 0;
  monitor.onChange(({ monitor: { history } }) => {
    if (history.care === null || history.care.sinceMs === lastMs) return;
    lastMs = history.care.sinceMs;
    const calm = history.care.state === 'checking' || history.care.state === 'sound';
    (calm ? progress : complain)(history.care.words);
  });
}

/** Reports once when the history can no longer be signed or anchored, and when it can again. */
function reportProof(monitor: Monitor, complain: (words: string) => void): void {
  let failed = false;
  monitor.onChange(({ monitor: { history } }) => {
    const fails = history.proof?.state === 'failing';
    if (history.proof && fails !== failed) complain(history.proof.words);
    failed = fails;
  });
}
