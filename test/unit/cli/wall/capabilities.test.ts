import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from '../../../../cli/wall/capabilities';

const asked = { colours: null, ascii: false };
const usual = { TERM: 'xterm-256color', LANG: 'en_GB.UTF-8' };

describe('what a terminal can show', () => {
  it.each([
    ['true colour', { ...usual, COLORTERM: 'truecolor' }, { colours: 'true', ascii: false }],
    ['16 colours', usual, { colours: '16', ascii: false }],
    ['NO_COLOR', { ...usual, COLORTERM: 'truecolor', NO_COLOR: '1' }, { colours: 'none', ascii: false }],
    ['an empty NO_COLOR, which does not count', { ...usual, NO_COLOR: '' }, { colours: '16', ascii: false }],
    ['a locale that is not UTF-8', { TERM: 'xterm', LANG: 'C' }, { colours: '16', ascii: true }],
    ['LC_ALL over LANG', { ...usual, LC_ALL: 'POSIX' }, { colours: '16', ascii: true }],
    ['shapes two cells wide', { TERM: 'xterm', LANG: 'ja_JP.UTF-8' }, { colours: '16', ascii: true }],
    ['the Linux console', { ...usual, TERM: 'linux' }, { colours: '16', ascii: true }],
    ['a dumb terminal', { ...usual, TERM: 'dumb' }, { colours: 'none', ascii: true }],
    ['a DEC terminal', { ...usual, TERM: 'vt220' }, { colours: 'none', ascii: false }],
  ])('%s', (_, environment, expected) => {
    expect(capabilitiesOf(environment, asked)).toEqual(expected);
  });

  it('is what was asked for, before the environment', () => {
    expect(capabilitiesOf({ ...usual, NO_COLOR: '1' }, { colours: 'true', ascii: true })).toEqual({
      colours: 'true',
      ascii: true,
    });
  });
});
