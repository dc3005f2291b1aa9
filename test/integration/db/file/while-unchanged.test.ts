import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whileUnchanged } from '../../../../db/file/while-unchanged';

describe('reads that have to be of the same content', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'heron-unchanged-'));
    file = path.join(folder, 'history.sqlite');
    writeFileSync(file, 'genuine');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('end with their result when the file stays as it is', async () => {
    await expect(whileUnchanged(file, () => Promise.resolve(7))).resolves.toEqual({
      result: 7,
      recorded: false,
    });
  });

  it.each<[string, () => void]>([
    ['replaced', () => (writeFileSync(`${file}.new`, 'forged!'), renameSync(`${file}.new`, file))],
    [
      'replaced and put back',
      () => {
        renameSync(file, `${file}.kept`);
        copyFileSync(`${file}.kept`, file);
        renameSync(`${file}.kept`, file);
      },
    ],
    ['written over', () => writeFileSync(file, 'forged!')],
    ['given a log', () => writeFileSync(`${file}-wal`, 'pages')],
    ['removed', () => rmSync(file)],
  ])('fail when it is %s meanwhile', async (_how, change) => {
    await expect(whileUnchanged(file, () => Promise.resolve(change()))).rejects.toThrow(
      'changed while it was read',
    );
  });

  it('go on while a Heron records into the file, and say so', async () => {
    for (const suffix of ['-shm', '.lock', '-wal']) writeFileSync(`${file}${suffix}`, '');
    const { recorded } = await whileUnchanged(file, () =>
      Promise.resolve(appendFileSync(`${file}-wal`, 'x')),
    );
    expect(recorded).toBe(true);
    const replaced = whileUnchanged(file, () => {
      writeFileSync(`${file}.new`, 'forged!');
      return Promise.resolve(renameSync(`${file}.new`, file));
    });
    await expect(replaced).rejects.toThrow('changed while it was read');
  });
});
