import { describe, expect, it } from 'vitest';
import { Ink, lineOf } from '../../../../cli/wall/line';
import { Painter } from '../../../../cli/wall/paint';

const ink = new Ink({ ascii: false });
const line = lineOf(ink.text('● ', 'up', { bold: true }), ink.text('fra-01', 'strong'));

describe('painting', () => {
  it('uses the terminal’s own 16 colours, or those of the window', () => {
    expect(new Painter({ colours: '16' }).line(line, 20)).toContain('\u001b[32m');
    expect(new Painter({ colours: 'true' }).line(line, 20)).toContain('\u001b[38;2;127;205;182m');
  });

  it('uses no colour without colours, and tells users cut off by reverse', () => {
    const plain = new Painter({ colours: 'none' });
    // 1 bold, 4 underlined, 7 reverse and their ends; 3x, 4x, 9x and 10x are colours.
    // eslint-disable-next-line no-control-regex -- control sequences are what this is about
    expect(plain.line(line, 20)).not.toMatch(/\u001b\[(?:3|4|9|10)\d/);
    expect(plain.line({ ...line, fill: 'cut-off' }, 20)).toContain('\u001b[7m');
  });

  it('positions what follows a name that terminals may measure otherwise', () => {
    const wide = lineOf(ink.cell('日本語', 10), ink.text('next'));
    expect(new Painter({ colours: 'none' }).line(wide, 20)).toContain('\u001b[11Gnext');
  });
});
