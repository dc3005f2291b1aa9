import { describe, expect, it } from 'vitest';
import { wallArguments } from '../../../../build/run/wall-arguments.mjs';

describe('npm start without a display', () => {
  it.each([
    [[], ['wall']],
    [['--demo'], ['wall']],
    [
      ['--inventory', 'noc.json'],
      ['wall', '--inventory', 'noc.json'],
    ],
    [['--inventory=noc.json'], ['wall', '--inventory', 'noc.json']],
    [['incident.heron'], ['wall', 'incident.heron']],
    [
      ['--demo-seed', '7'],
      ['wall', '--seed', '7'],
    ],
  ])('%j shows %j', (args, expected) => {
    expect(wallArguments(args)).toEqual(expected);
  });
});
