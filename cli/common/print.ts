import { printable } from './printable';

/**
 * Prints to standard output. Whatever of the text comes from a file, an agent or an argument cannot control the terminal. False: the
 * reader is behind, and a long output should wait for `drain`.
 */
export function print(text: string): boolean {
  return process.stdout.write(printableLines(text));
}

/** Prints the mark by which spreadsheets recognize UTF-8. */
export function printByteOrderMark(): void {
  process.stdout.write('\ufeff');
}

/** Like print(), to standard error. */
export function printError(text: string): void {
  process.stderr.write(printableLines(text));
}

/** CSV ends its lines with CR LF, which stay. */
function printableLines(text: string): string {
  return text.split('\r\n').map(printable).join('\r\n');
}
