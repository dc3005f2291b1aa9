import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { lineOutput } from '../../../../cli/common/line-output';

/** A reader that takes lines only when it is told to. */
function aReader() {
  const taken: string[] = [];
  let standing: (() => void) | null = null;
  let reads = false;
  const stream = new Writable({
    highWaterMark: 100,
    write(chunk: Buffer, _encoding, done) {
      taken.push(chunk.toString());
      if (reads) done();
      else standing = done;
    },
  });
  const readOn = (): void => {
    reads = true;
    standing?.();
  };
  return { stream, taken, readOn };
}

describe('lines for a slow reader', () => {
  it('are queued up to a limit and skipped beyond it, which is reported', async () => {
    const { stream, taken, readOn } = aReader();
    const reported: string[] = [];
    const output = lineOutput(stream, (words) => reported.push(words), 1_000);
    for (let n = 0; n < 1_000; n += 1) output.print({ n, text: 'x'.repeat(20) });
    expect(stream.writableLength).toBeLessThan(1_100);
    expect(reported).toEqual([expect.stringContaining('lines are skipped')]);
    output.print({ last: true }, true);
    readOn();
    await expect.poll(() => taken.at(-1)).toBe('{"last":true}\n');
    const printed = taken.length - 1;
    await expect.poll(() => reported.at(-1)).toContain(`${1_000 - printed} lines were skipped`);
    output.print({ after: true });
    await expect.poll(() => taken.at(-1)).toBe('{"after":true}\n');
    expect(reported).toHaveLength(2);
  });

  it('end when it closes the stream', async () => {
    const { stream, taken } = aReader();
    const output = lineOutput(stream);
    stream.destroy(new Error('EPIPE'));
    await output.closed;
    output.print({ n: 1 });
    expect(taken).toEqual([]);
  });
});
