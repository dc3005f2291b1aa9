/** Why a command that runs until it is told to end, ends. */
export type EndReason = 'signal' | 'time' | 'nobody-reads';

export interface Ending {
  readonly reason: Promise<EndReason>;
  /** Ends it after so many seconds from now; null: time alone is no reason. */
  after(seconds: number | null): void;
  /** Lets signals kill again. */
  forget(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Waits for the first reason to end: a signal, the time (`after`), or nobody reading any more. Signals stay caught until `forget`:
 * Ctrl-C in a terminal reaches every process of a pipeline, and those that pass it on make it arrive twice.
 */
export function awaitEnding(abandoned: Promise<void>): Ending {
  let end: (reason: EndReason) => void = () => undefined;
  const reason = new Promise<EndReason>((resolve) => (end = resolve));
  const onSignal = (): void => end('signal');
  for (const signal of signals) process.on(signal, onSignal);
  void abandoned.then(() => end('nobody-reads'));
  let timer: NodeJS.Timeout | undefined;
  return {
    reason,
    after(seconds) {
      if (seconds !== null) timer = setTimeout(() => end('time'), seconds * 1000);
    },
    forget() {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
