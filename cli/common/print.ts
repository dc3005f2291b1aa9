import { printable } from '../../monitor/base/printable';

/** What a shell reports of a program that SIGPIPE ended: never 0, which would read as an answer. */
const readerGoneCode = 141;
const watched = new Set<NodeJS.WriteStream>();

/**
 * Standard output, for a command that prints a result: when its reader has closed it, as `head` does, the command ends without a word.
 * `heron watch` has an output of its own, since it ends in order.
 */
function standardOutput(): NodeJS.WriteStream {
  return onceWatched(process.stdout, () => process.exit(readerGoneCode));
}

/** Standard error; its reader may have closed it. */
function standardError(): NodeJS.WriteStream {
  return onceWatched(process.stderr, () => undefined);
}

function onceWatched(stream: NodeJS.WriteStream, onReaderGone: () => void): NodeJS.WriteStream {
  if (watched.has(stream)) return stream;
  watched.add(stream);
  stream.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EPIPE') throw fault;
    onReaderGone();
  });
  return stream;
}

/**
 * Prints to standard output. Whatever of the text comes from a file, an agent or an argument cannot control the terminal. False: the
 * reader is behind, and a long output should wait for `drain`.
 */
export function print(text: string): boolean {
  return standardOutput().write(printableLines(text));
}

/** Prints the mark by which spreadsheets recognize UTF-8. */
export function printByteOrderMark(): void {
  standardOutput().write('\ufeff');
}

/** Prints what was drawn with colours, whose texts were made printable before. The caller ends in order when the reader is gone. */
export function printDrawn(text: string): void {
  process.stdout.write(text);
}

/** Like print(), to standard error. */
export function printError(text: string): void {
  standardError().write(printableLines(text));
}

/** CSV ends its lines with CR LF, which stay. */
function printableLines(text: string): string {
  return text.split('\r\n').map(printable).join('\r\n');
}
