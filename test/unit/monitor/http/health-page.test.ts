import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roleWitnessSchema } from '../../../../domain/model/role';
import { defaultHealthUrl, expectedBodyBytes } from '../../../../monitor/http/health-url';
import { rolesFromJson } from '../../../../monitor/http/json-role';

describe('health URLs', () => {
  it('ask for a number of bytes', () => {
    expect(defaultHealthUrl('10.20.0.11')).toBe('http://10.20.0.11:3128/index.html?=100');
    expect(expectedBodyBytes(new URL(defaultHealthUrl('10.20.0.11')))).toBe(100);
    expect(expectedBodyBytes(new URL('http://e/index.html?=0'))).toBe(0);
  });

  it.each(['http://e/', 'http://e/?size=100', 'http://e/?=-1', 'http://e/?=1e3', 'http://e/?=999999999'])(
    '%s names no size',
    (url) => {
      expect(expectedBodyBytes(new URL(url))).toBeNull();
    },
  );
});

describe('rolesFromJson', () => {
  it('reads one role, in any case, with what else is there', () => {
    expect(rolesFromJson(' {"role":"MASTER","vhid":3,"advskew":"odd","more":1}')).toEqual([
      {
        witness: 'http-json',
        role: 'master',
        vhid: 3,
        advbase: null,
        advskew: null,
        confidence: 1,
        maxAgeMs: 0,
        said: '{"role":"master","vhid":3,"advskew":null}',
      },
    ]);
  });

  it('reads one role per group', () => {
    const found = rolesFromJson('{"roles":[{"role":"backup","vhid":1},{"role":"init","vhid":2}]}');
    expect(found.map(({ role, vhid }) => [role, vhid])).toEqual([
      ['backup', 1],
      ['init', 2],
    ]);
  });

  it.each(['', 'MASTER', '{', '[]', '{"role":"boss"}', '{"role":{}}', '{"roles":[]}', '{"role":"unknown"}'])(
    'takes no role from %j',
    (text) => {
      expect(rolesFromJson(text)).toEqual([]);
    },
  );

  it('gives valid witnesses for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('role', 'roles', 'vhid'), (value, key) => {
        for (const one of rolesFromJson(JSON.stringify({ role: 'master', [key]: value }))) {
          expect(roleWitnessSchema.safeParse(one).success).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
