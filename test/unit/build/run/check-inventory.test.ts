import { describe, expect, it } from 'vitest';
import { inventoryArgument } from '../../../../build/run/check-inventory.mjs';

describe('the inventory named on the command line of npm start', () => {
  it.each([
    [['--inventory', 'a.json'], 'a.json'],
    [['--user-data', 'x', '--inventory=b.json'], 'b.json'],
    [['--demo'], undefined],
    [[], undefined],
  ])('in %j is %s', (args, file) => {
    expect(inventoryArgument(args)).toBe(file);
  });
});
