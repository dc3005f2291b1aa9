import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { print } from '../../../../cli/common/print';
import { printable, printableLine } from '../../../../monitor/base/printable';

const cli = path.resolve(import.meta.dirname, '../../../../cli');
const hostile = 'a\u001b[2J\u0007\u009b1m\u202eb\u200bc\rd\te';

afterEach(() => vi.restoreAllMocks());

describe('text on a terminal', () => {
  it('shows controls and hidden characters as code points', () => {
    expect(printable(hostile)).toBe('a\\u001b[2J\\u0007\\u009b1m\\u202eb\\u200bc\\u000dd\\u0009e');
    expect(printable('line\nline')).toBe('line\nline');
    expect(printableLine('edge\nVERIFIED')).toBe('edge\\u000aVERIFIED');
  });

  it('leaves JSON with the same content, and CSV its ends of lines', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    print(`${JSON.stringify({ name: hostile })}\n`);
    print(`a,${hostile}\r\nb,c\r\n`);
    const [json, csv] = write.mock.calls.map(([text]) => String(text));
    expect(JSON.parse(json ?? '')).toEqual({ name: hostile });
    expect(csv).toBe(`a,${printable(hostile)}\r\nb,c\r\n`);
  });

  it('is printed by every command through print() or lineOutput()', () => {
    const sources = readdirSync(cli, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && file !== path.join('common', 'print.ts'),
    );
    const direct = sources.filter((file) =>
      /std(out|err)\.write|console\./.test(readFileSync(path.join(cli, file), 'utf8')),
    );
    expect(sources.length).toBeGreaterThan(20);
    expect(direct).toEqual([]);
  });
});
