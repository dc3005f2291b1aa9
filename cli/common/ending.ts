import { log } from '../../monitor/log/log';
import { faultInWords, onUncaughtFault } from '../../monitor/log/uncaught';
import { exitCode } from './command-line';

/** Why a command that runs until further notice ended. `fault`: an error in Heron that nothing caught. */
export type EndReason = 'signal' | 'time' | 'output-closed' | 'fault';

export interface Ending {
  readonly reason: Promise<EndReason>;
  /** The first error in Heron that nothing caught, in words; null: there was none. */
  readonly fault: string | null;
  /** Ends the command after this time; null: no limit. */
  after(seconds: number | null): void;
  /** Restores the default handling of signals and errors. */
  dispose(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** After an error the command may no longer be able to end in order. */
const faultDeadlineMs = 15_000;

/**
 * Waits for the first reason to end: a signal, the time (`after`), the output being closed, or an error in Heron that nothing caught.
 * Signals and errors stay handled until `dispose`: Ctrl-C in a terminal reaches every process of a pipeline, and arrives twice where one
 * of them forwards it.
 */
export function awaitEnding(outputClosed: Promise<void>): Ending {
  let end: (reason: EndReason) => void = () => undefined;
  const reason = new Promise<EndReason>((resolve) => (end = resolve));
  const onSignal = (): void => end('signal');
  for (const signal of signals) process.on(signal, onSignal);
  let fault: string | null = null;
  const unwatch = onUncaughtFault((thrown) => {
    log.error('Uncaught error:', thrown);
    if (fault === null) setTimeout(() => process.exit(exitCode.problem), faultDeadlineMs).unref();
    fault ??= faultInWords(thrown);
    end('fault');
  });
  void outputClosed.then(() => end('output-closed'));
  let timer: NodeJS.Timeout | undefined;
  return {
    reason,
    get fault() {
      return fault;
    },
    after(seconds) {
      if (seconds !== null) timer = setTimeout(() => end('time'), seconds * 1000);
    },
    dispose() {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, onSignal);
      unwatch();
    },
  };
}
