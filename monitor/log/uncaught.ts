import { redact } from './redact';

const mostCharacters = 200;

/** Calls `listener` with each error and rejection of this process that nothing caught; the process goes on. The returned function ends that. */
export function onUncaughtFault(listener: (fault: unknown) => void): () => void {
  const onError = (fault: unknown): void => listener(fault);
  process.on('uncaughtException', onError);
  process.on('unhandledRejection', onError);
  return () => {
    process.off('uncaughtException', onError);
    process.off('unhandledRejection', onError);
  };
}

/** An error in one line, without a full stop, as it may be recorded: no secrets, no stack. */
export function faultInWords(fault: unknown): string {
  const text = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
  const [line = ''] = String(redact(text)).trim().split('\n');
  return line.slice(0, mostCharacters).replace(/\.+$/, '');
}
