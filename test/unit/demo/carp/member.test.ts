import { describe, expect, it } from 'vitest';
import {
  addressNumber,
  advertisementIntervalMs,
  demotedAdvskew,
  masterDownMs,
  outranks,
} from '../../../../demo/carp/member';

describe('the times of carp(4)', () => {
  it('advertises every advbase seconds and advskew/256ths of one', () => {
    expect(advertisementIntervalMs(1, 0)).toBe(1000);
    expect(advertisementIntervalMs(1, 128)).toBe(1500);
    expect(advertisementIntervalMs(5, 64)).toBe(5250);
  });

  it('takes over after three bases and one skew', () => {
    expect(masterDownMs(1, 0)).toBe(3000);
    expect(masterDownMs(1, 128)).toBe(3500);
    expect(masterDownMs(2, 0)).toBe(6000);
  });

  it('caps a demoted skew at 240 and never goes below 0', () => {
    expect(demotedAdvskew(10, 0)).toBe(10);
    expect(demotedAdvskew(10, 100)).toBe(110);
    expect(demotedAdvskew(10, 240)).toBe(240);
    expect(demotedAdvskew(10, -50)).toBe(0);
  });
});

describe('who outranks whom', () => {
  const other = { from: 'x', address: addressNumber('10.0.0.5'), advbase: 1, advskew: 10 };

  it('is who advertises more often', () => {
    expect(outranks(other, 1, 11, 0)).toBe(true);
    expect(outranks(other, 1, 9, 0xffffffff)).toBe(false);
    expect(outranks(other, 2, 0, 0)).toBe(true);
  });

  it('is the lower address among equals', () => {
    expect(outranks(other, 1, 10, addressNumber('10.0.0.6'))).toBe(true);
    expect(outranks(other, 1, 10, addressNumber('10.0.0.4'))).toBe(false);
    expect(addressNumber('10.0.1.0')).toBeGreaterThan(addressNumber('10.0.0.255'));
  });
});
