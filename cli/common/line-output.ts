import type { Writable } from 'node:stream';

/** Prints JSON, one object a line. */
export interface LineOutput {
  /** `always`: it is never left out, however far the reader is behind. */
  print(line: object, always?: boolean): void;
  /** Resolves when nobody reads any more (the pipe was closed); never otherwise. */
  readonly abandoned: Promise<void>;
}

/** A reader that stands still may fall behind by so much; then lines are left out and counted, so that memory stays bounded. */
const mostWaitingBytes = 64 * 2 ** 20;

/**
 * Takes a stream over: from now on its errors mean that the reader is gone, which is no failure of ours. Watching never waits
 * for a slow reader: lines wait in memory, up to a limit, and `onLeftOut` hears once of each time that lines had to be left out.
 */
export function lineOutput(
  stream: Writable,
  onLeftOut: (words: string) => void = () => undefined,
  limitBytes = mostWaitingBytes,
): LineOutput {
  let open = true;
  let leftOut = 0;
  const abandoned = new Promise<void>((resolve) => {
    stream.on('error', () => {
      open = false;
      resolve();
    });
  });
  stream.on('drain', () => {
    if (leftOut > 0)
      onLeftOut(`${leftOut} lines were left out because nobody took them. The history has all events.`);
    leftOut = 0;
  });
  return {
    abandoned,
    print(line, always = false) {
      if (!open) return;
      if (!always && stream.writableLength > limitBytes) {
        if (leftOut === 0)
          onLeftOut('The reader of standard output stands still: lines are left out until it reads on.');
        leftOut += 1;
        return;
      }
      stream.write(`${JSON.stringify(line)}\n`);
    },
  };
}
