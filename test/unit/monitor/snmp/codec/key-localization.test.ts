import { describe, expect, it } from 'vitest';
import { lengthenedKey, localizedKey } from '../../../../../monitor/snmp/codec/key-localization';

const engine = Buffer.from('000000000000000000000002', 'hex');

describe('localized keys', () => {
  it("are RFC 3414's own examples (A.3.1, A.3.2)", () => {
    expect(localizedKey('md5', 'maplesyrup', engine).toString('hex')).toBe(
      '526f5eed9fcce26f8964c2930787d82b',
    );
    expect(localizedKey('sha1', 'maplesyrup', engine).toString('hex')).toBe(
      '6695febc9288e36282235fc7151f128497b38f3f',
    );
  });

  it('cost the long hash once per password, not once per engine', () => {
    localizedKey('sha1', 'another password', engine);
    const startedAt = performance.now();
    for (let edge = 0; edge < 5000; edge += 1)
      localizedKey('sha1', 'another password', Buffer.from(`engine ${edge}`));
    // One long hash takes over a millisecond: 5,000 of them could not be done in this time.
    expect(performance.now() - startedAt).toBeLessThan(2500);
  });

  it('are lengthened for AES-256 where the hash is short, and cut where it is long', () => {
    const short = localizedKey('md5', 'maplesyrup', engine);
    const long = lengthenedKey('md5', short, 32);
    expect(long).toHaveLength(32);
    expect(long.subarray(0, 16)).toEqual(short);
    expect(lengthenedKey('sha512', localizedKey('sha512', 'maplesyrup', engine), 32)).toHaveLength(32);
  });
});
