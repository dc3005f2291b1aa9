import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { verifyCommand } from '../../../../../renderer/views/settings/verify-command';

describe('the command that verifies a history', () => {
  it.each([
    '/home/noc/.config/heron/history.sqlite',
    '/Users/noc/Library/Application Support/heron/history.sqlite',
    '/srv/O’Hare & sons/it\'s "$HOME" `x` \\ 2  .heron',
  ])('gives a POSIX shell the path as one word, as it is: %s', (file) => {
    const printed = verifyCommand(file).replace('heron', "printf '%s\\n'");
    expect(execFileSync('sh', ['-c', printed], { encoding: 'utf8' })).toBe(`audit\nverify\n${file}\n`);
  });

  it('quotes only what needs it', () => {
    expect(verifyCommand('/h.sqlite')).toBe('heron audit verify /h.sqlite');
    expect(verifyCommand('/a b.sqlite')).toBe("heron audit verify '/a b.sqlite'");
  });

  it.each(['C:\\Users\\N O C\\h.sqlite', '\\\\vault\\share\\h.sqlite'])(
    'puts a path of Windows in double quotes: %s',
    (file) => expect(verifyCommand(file)).toBe(`heron audit verify "${file}"`),
  );
});
