import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awaitStartAnswer, writeStartAnswer } from '../../../electron/start-answer';

const id = '7a1f6f7e-3a0b-4c1d-9d36-0f6f3f1b2c4d';
const otherId = '7a1f6f7e-3a0b-4c1d-9d36-0f6f3f1b2c4e';
const limits = { firstWithinMs: 20_000, lastWithinMs: 20_000 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the answer for a second instance', () => {
  it('reaches the one it is for, the question first, and leaves no file', async () => {
    await writeStartAnswer(folder, otherId, { state: 'done', words: 'Not for us.' });
    const asked: string[] = [];
    const waiting = awaitStartAnswer(
      folder,
      id,
      (words) => {
        asked.push(words);
        void writeStartAnswer(folder, id, { state: 'refused', words: 'Nothing was changed.' });
      },
      limits,
    );
    await writeStartAnswer(folder, id, { state: 'asking', words: 'Its window asks.' });
    expect(await waiting).toEqual({ state: 'refused', words: 'Nothing was changed.' });
    expect(asked).toEqual(['Its window asks.']);
    expect(readdirSync(folder)).toEqual([`second-start-${otherId}.json`]);
  });

  it('is null when the running instance never answers', async () => {
    const none = await awaitStartAnswer(folder, id, () => undefined, { firstWithinMs: 60, lastWithinMs: 60 });
    expect(none).toBeNull();
  });
});
