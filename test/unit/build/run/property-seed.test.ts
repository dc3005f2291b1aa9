import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertySeed } from '../../../../build/run/property-seed.mjs';

describe('the seed of the property tests', () => {
  it('is the one that FC_SEED names', () => {
    expect(propertySeed('20261122')).toBe(20_261_122);
    expect(propertySeed('-5')).toBe(-5);
  });

  it('is another one for each run without FC_SEED', () => {
    const seeds = new Set([undefined, undefined, ''].map(propertySeed));
    expect(seeds.size).toBeGreaterThan(1);
  });

  it.each(['seven', '1.5', '4294967296', '1e3'])('refuses %s and says what to set', (wanted) => {
    expect(() => propertySeed(wanted)).toThrow(/FC_SEED is .* integer/);
  });

  it('is used by every property', () => {
    const seed = Number(process.env['FC_SEED']);
    expect(fc.readConfigureGlobal()).toMatchObject({ seed });
    expect(fc.check(fc.property(fc.nat(), () => true)).runConfiguration.seed).toBe(seed);
  });
});
