import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lbRoleSchema, roleWitnessSchema } from '../../../../../domain/model/role';
import { rolesFromText } from '../../../../../monitor/snmp/devices/carp-text';

const roles = (text: string) => rolesFromText(text, 0).map(({ role, vhid }) => [role, vhid]);

describe('rolesFromText', () => {
  it("reads FreeBSD's ifconfig line", () => {
    expect(rolesFromText('carp: MASTER vhid 1 advbase 1 advskew 0', 5000)).toEqual([
      {
        witness: 'carp-extend',
        role: 'master',
        vhid: 1,
        advbase: 1,
        advskew: 0,
        confidence: 1,
        maxAgeMs: 5000,
        said: 'carp: MASTER vhid 1 advbase 1 advskew 0',
      },
    ]);
  });

  it('reads one group per line and passes over the rest of ifconfig', () => {
    const text =
      'em0: flags=8943<UP>\n\tinet 10.0.0.1 vhid 1\n\tcarp: BACKUP vhid 1 advbase 1 advskew 100\n\tcarp: INIT vhid 9';
    expect(roles(text)).toEqual([
      ['backup', 1],
      ['init', 9],
    ]);
  });

  it.each([
    ['master', 'master'],
    ['Backup', 'backup'],
    ['role=MASTER', 'master'],
    ['MASTER_STATE', 'master'],
    ['FAULT', 'fault'],
    ['INIT\n', 'init'],
  ])('takes the plain word %j', (text, role) => {
    expect(roles(text)).toEqual([[role, null]]);
  });

  it.each([
    '',
    'ifconfig: interface carp0 does not exist',
    'MASTER -> BACKUP',
    'mastered the initial backups',
  ])('does not guess from %j', (text) => {
    expect(roles(text)).toEqual([['unknown', null]]);
  });

  it('gives valid witnesses for any text', () => {
    const words = fc.constantFrom(
      'MASTER',
      'backup',
      'vhid',
      'advskew',
      '999',
      '7',
      '\n',
      ' ',
      'INIT',
      ':',
      'x',
    );
    const text = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.array(words, { maxLength: 200 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(text, (any) => {
        const found = rolesFromText(any, 0);
        expect(found.length).toBeGreaterThan(0);
        expect(found.length).toBeLessThanOrEqual(16);
        for (const one of found) {
          expect(roleWitnessSchema.safeParse(one).success).toBe(true);
          expect(lbRoleSchema.options).toContain(one.role);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
