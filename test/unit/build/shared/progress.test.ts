import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { report, withProgress } from '../../../../build/shared/progress.mjs';

const eraseLastLine = '\u001b[1A\r\u001b[2K';
let written = '';
const wasTerminal = process.stderr.isTTY;

/** Runs a step of 25 s; `meanwhile` is called after 15 s. */
async function aStep(isTerminal: boolean, meanwhile: () => void = () => undefined): Promise<string> {
  process.stderr.isTTY = isTerminal;
  const step = withProgress('build', () => new Promise<void>((resolve) => setTimeout(resolve, 25_000)));
  await vi.advanceTimersByTimeAsync(15_000);
  meanwhile();
  await vi.advanceTimersByTimeAsync(10_000);
  await step;
  return written;
}

describe('the progress of a step', () => {
  beforeEach(() => {
    written = '';
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval', 'performance'] });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    process.stderr.isTTY = wasTerminal;
  });

  it('is one line in a terminal', async () => {
    expect(await aStep(true)).toBe(
      'heron: build …\n' +
        `${eraseLastLine}heron: build … 10 s\n` +
        `${eraseLastLine}heron: build … 20 s\n` +
        `${eraseLastLine}heron: build: done in 25.0 s\n`,
    );
  });

  it('erases no line of anything else', async () => {
    expect(await aStep(true, () => report('something else'))).toBe(
      'heron: build …\n' +
        `${eraseLastLine}heron: build … 10 s\n` +
        'heron: something else\n' +
        'heron: build … 20 s\n' +
        `${eraseLastLine}heron: build: done in 25.0 s\n`,
    );
  });

  it('is a line each time in a log', async () => {
    expect(await aStep(false)).toBe(
      'heron: build …\nheron: build … 10 s\nheron: build … 20 s\nheron: build: done in 25.0 s\n',
    );
  });
});
