import { describe, expect, it } from 'vitest';
import { printable } from '../../../../domain/inventory/inventory-problem';
import { lineSchema } from '../../../../domain/inventory/inventory-text';

describe('a text of an inventory', () => {
  it.each([
    'fra-01\n',
    'fra\u007f01',
    'fra\u009b01',
    'fra\u202e01',
    'fra\u202801',
    'fra\u202901',
    'fra\ud80001',
  ])('is one line of printable characters: not %j', (text) => {
    expect(lineSchema.safeParse(text).success).toBe(false);
    expect(lineSchema.safeParse(printable(text, 40)).success).toBe(true);
  });

  it.each(['fra-01', 'São Paulo', '東京 01', 'خادم'])('may have letters of any script: %s', (text) => {
    expect(lineSchema.safeParse(text).success).toBe(true);
  });
});
