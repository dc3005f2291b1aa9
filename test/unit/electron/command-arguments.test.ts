import { describe, expect, it } from 'vitest';
import { programTask } from '../../../electron/command-arguments';

const task = (...args: string[]) => programTask(['/opt/Heron/heron', ...args]);

describe('what the packaged program was started for', () => {
  it.each([
    [[], 'nothing'],
    [['--inventory', 'edges.json'], 'a switch'],
    [['--user-data', 'watch'], 'the value of a switch'],
    [['/home/noc/night.heron'], 'a file'],
    [['night.heron'], 'a file'],
    [['heron://cluster/1'], 'a link'],
    [['--no-sandbox', '--demo'], 'a switch of Chromium’s'],
    [['--run-worker', 'history-reader.js'], 'a worker without the mark'],
  ])('is its window after %j: %s', (args) => {
    expect(task(...args)).toBeNull();
  });

  it('is a command after a word, or after the mark of the launcher', () => {
    expect(task('watch', '--inventory', 'edges.json')).toEqual({
      command: ['watch', '--inventory', 'edges.json'],
    });
    expect(task('--version')).toEqual({ command: ['--version'] });
    expect(task('--no-sandbox', '--no-zygote', '--log-level=3', '--', 'wall', '--', 'x')).toEqual({
      command: ['wall', '--', 'x'],
    });
    expect(task('--no-sandbox', '--js-flags=--max-semi-space-size=4', '--')).toEqual({ command: [] });
  });

  it('is a worker after the mark only', () => {
    expect(task('--no-sandbox', '--', '--run-worker', 'history-reader.js')).toEqual({
      worker: 'history-reader.js',
    });
  });
});
