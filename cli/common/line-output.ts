import type { Writable } from 'node:stream';
import { printable } from '../../monitor/base/printable';

/** Prints JSON, one object per line. */
export interface LineOutput {
  /** `always`: not skipped, however far the reader is behind. */
  print(line: object, always?: boolean): void;
  /** Resolves when the reader has closed the pipe; never otherwise. */
  readonly closed: Promise<void>;
}

/** How far a slow reader may fall behind before lines are skipped, so that memory stays bounded. */
const mostQueuedBytes = 64 * 2 ** 20;

/**
 * Prints to a stream without ever waiting for its reader: lines are queued in memory up to a limit, then skipped and counted.
 * `onSkipped` is called when skipping begins and when it has ended. An error of the stream means that the reader closed it.
 */
export function lineOutput(
  stream: Writable,
  onSkipped: (words: string) => void = () => undefined,
  limitBytes = mostQueuedBytes,
): LineOutput {
  let open = true;
  let skipped = 0;
  const closed = new Promise<void>((resolve) => {
    stream.on('error', () => {
      open = false;
      resolve();
    });
  });
  stream.on('drain', () => {
    if (skipped > 0)
      onSkipped(
        `${skipped} lines were skipped because the reader of standard output was too slow. The history has all events.`,
      );
    skipped = 0;
  });
  return {
    closed,
    print(line, always = false) {
      if (!open) return;
      if (!always && stream.writableLength > limitBytes) {
        if (skipped === 0)
          onSkipped('The reader of standard output is too slow: lines are skipped until it reads on.');
        skipped += 1;
        return;
      }
      stream.write(`${printable(JSON.stringify(line))}\n`);
    },
  };
}
