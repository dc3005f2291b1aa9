import type { Writable } from 'node:stream';

/** Prints JSON, one object a line. */
export interface LineOutput {
  print(line: object): void;
  /** Resolves when nobody reads any more (the pipe was closed); never otherwise. */
  readonly abandoned: Promise<void>;
}

/** Takes a stream over: from now on its errors mean that the reader is gone, which is no failure of ours. */
export function lineOutput(stream: Writable): LineOutput {
  let open = true;
  const abandoned = new Promise<void>((resolve) => {
    stream.on('error', () => {
      open = false;
      resolve();
    });
  });
  return {
    abandoned,
    print(line) {
      if (open) stream.write(`${JSON.stringify(line)}\n`);
    },
  };
}
