/** Why a command that runs until further notice ended. */
export type EndReason = 'signal' | 'time' | 'output-closed';

export interface Ending {
  readonly reason: Promise<EndReason>;
  /** Ends the command after this time; null: no limit. */
  after(seconds: number | null): void;
  /** Restores the default handling of signals. */
  dispose(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Waits for the first reason to end: a signal, the time (`after`), or the output being closed. Signals stay handled until
 * `dispose`: Ctrl-C in a terminal reaches every process of a pipeline, and arrives twice where one of them forwards it.
 */
export function awaitEnding(outputClosed: Promise<void>): Ending {
  let end: (reason: EndReason) => void = () => undefined;
  const reason = new Promise<EndReason>((resolve) => (end = resolve));
  const onSignal = (): void => end('signal');
  for (const signal of signals) process.on(signal, onSignal);
  void outputClosed.then(() => end('output-closed'));
  let timer: NodeJS.Timeout | undefined;
  return {
    reason,
    after(seconds) {
      if (seconds !== null) timer = setTimeout(() => end('time'), seconds * 1000);
    },
    dispose() {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
