import { printable } from './printable';

/** Prints to standard output. Whatever of the text comes from a file, an agent or an argument cannot control the terminal. */
export function print(text: string): void {
  process.stdout.write(printableLines(text));
}

/** The same, to standard error. */
export function printError(text: string): void {
  process.stderr.write(printableLines(text));
}

/** CSV ends its lines with CR LF, which stay. */
function printableLines(text: string): string {
  return text.split('\r\n').map(printable).join('\r\n');
}
