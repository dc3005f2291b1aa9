import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ink, lineOf } from '../../../../cli/wall/line';
import { Terminal } from '../../../../cli/wall/terminal';

const ink = new Ink({ ascii: false });
let folder = '';
let fd = 0;
let written = '';
let isRaw = false;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-terminal-'));
  fd = openSync(path.join(folder, 'screen'), 'w');
  written = '';
});
afterEach(() => {
  closeSync(fd);
  rmSync(folder, { recursive: true });
});

function terminal(): Terminal {
  const input = { setRawMode: (raw: boolean) => (isRaw = raw), resume: () => input, pause: () => input };
  const output = { columns: 20, rows: 3, fd, write: (text: string) => (written += text) };
  return new Terminal(input as never, output as never, { colours: 'none', ascii: false });
}

const restored = (): string => readFileSync(path.join(folder, 'screen'), 'utf8');

describe('the terminal', () => {
  it.each(['exit', 'uncaughtExceptionMonitor'] as const)(
    'is restored on %s, before anything is printed',
    (event) => {
      terminal().enter();
      expect(isRaw).toBe(true);
      expect(written).toContain('\u001b[?1049h');
      const listener = process.listeners(event as 'exit').at(-1) as () => void;
      listener();
      expect(isRaw).toBe(false);
      expect(restored()).toContain('\u001b[?1049l');
      expect(restored()).toContain('\u001b[?25h');
      expect(restored()).toContain('\u001b[?7h');
      expect(process.listeners(event as 'exit')).not.toContain(listener);
    },
  );

  it('writes only the lines that changed', () => {
    const screen = terminal();
    screen.enter();
    screen.draw([lineOf(ink.text('one')), lineOf(ink.text('two')), lineOf(ink.text('three'))]);
    written = '';
    screen.draw([lineOf(ink.text('one')), lineOf(ink.text('TWO')), lineOf(ink.text('three'))]);
    expect(written).toContain('TWO');
    expect(written).not.toMatch(/one|three/);
    written = '';
    expect(screen.draw([lineOf(ink.text('one')), lineOf(ink.text('TWO')), lineOf(ink.text('three'))])).toBe(
      0,
    );
    expect(written).toBe('');
    screen.leave();
  });
});
