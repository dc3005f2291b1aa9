import { readFileSync } from 'node:fs';
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
    ['INSTANCE "VI_1" MASTER 100', 'master'],
    ['VI_1: BACKUP', 'backup'],
    ['(VI_1) Entering MASTER STATE', 'master'],
    ['status: master', 'master'],
    ['carp0 backup', 'backup'],
    ['   Wanted state = MASTER\n   State = BACKUP', 'backup'],
    ['MASTER vhid 1 advbase 1 advskew 0', 'master'],
  ])('reads %j', (text, role) => {
    expect(roles(text).map(([found]) => found)).toEqual([role]);
  });

  it.each([
    '',
    'BACKUP (was MASTER)',
    'sh: 1: carp-status: not found',
    'cannot reach the MASTER database on 10.0.0.1',
    'master0: no carrier',
    'Wanted state = MASTER',
    'error: peer MASTER unreachable',
    '\uFFFD\uFFFD MASTER\uFFFDx vhid of the old peer is lost',
    'lagg0: flags=8843<UP,BROADCAST,RUNNING> metric 0 mtu 1500\n\tlaggport: em0 flags=5<MASTER,ACTIVE>',
    'master0: flags=8843<UP> metric 0 mtu 1500\n\tstatus: active (link MASTER)',
    'carp: carp demote count 0',
    'ifconfig: interface carp0 does not exist',
    'MASTER -> BACKUP',
    'mastered the initial backups',
  ])('does not guess from %j', (text) => {
    expect(roles(text)).toEqual([['unknown', null]]);
  });

  it.each([
    [
      'a lagg that has a master port',
      'lagg0: flags=8843<UP> metric 0\n\tcarp: BACKUP vhid 1 advbase 1 advskew 100\n\tlaggport: em0 flags=5<MASTER,ACTIVE>',
      [['backup', 1, 'lagg0', undefined]],
    ],
    [
      'FreeBSD, two groups on two interfaces',
      'em0: flags=8943<UP,PROMISC> metric 0\n\tinet 192.0.2.2 netmask 0xffffff00 broadcast 192.0.2.255\n' +
        '\tinet 192.0.2.1 netmask 0xffffff00 broadcast 192.0.2.255 vhid 1\n\tcarp: MASTER vhid 1 advbase 1 advskew 0\n' +
        '\t      peer 224.0.0.18 peer6 ff02::12\n\tstatus: active\n' +
        'em1: flags=8943<UP,PROMISC> metric 0\n\tinet 198.51.100.1 netmask 0xffffff00 vhid 1\n\tcarp: BACKUP vhid 1 advbase 1 advskew 100',
      [
        ['master', 1, 'em0', '192.0.2.1'],
        ['backup', 1, 'em1', '198.51.100.1'],
      ],
    ],
    [
      'OpenBSD',
      'carp0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr 00:00:5e:00:01:01\n\tindex 6 priority 15 llprio 3\n' +
        '\tcarp: MASTER carpdev em0 vhid 1 advbase 1 advskew 0\n\tgroups: carp\n\tstatus: master\n\tinet 192.0.2.1 netmask 0xffffff00',
      [['master', 1, 'carp0', '192.0.2.1']],
    ],
    [
      'OpenBSD that balances',
      'carp0: flags=8843<UP> mtu 1500\n\tcarp: carpdev em0 advbase 1 balancing ip carppeer 224.0.0.18\n' +
        '\t\tstate MASTER vhid 1 advskew 0\n\t\tstate BACKUP vhid 2 advskew 100\n\tinet 192.0.2.1 netmask 0xffffff00',
      [
        ['master', 1, 'carp0', '192.0.2.1'],
        ['backup', 2, 'carp0', '192.0.2.1'],
      ],
    ],
    ['lower case', 'carp: backup vhid 3', [['backup', 3, undefined, undefined]]],
    ['two states in CARP’s line', 'carp: MASTER -> BACKUP vhid 3', [['unknown', 3, undefined, undefined]]],
  ])('reads %s', (_, text, groups) => {
    const found = rolesFromText(text, 0);
    // An agent's text is trimmed before it is read.
    expect(rolesFromText(text.replaceAll('\n\t', '\n').trim(), 0).map(({ role }) => role)).toEqual(
      found.map(({ role }) => role),
    );
    expect(found.map(({ role, vhid, label, virtualIps }) => [role, vhid, label, virtualIps])).toEqual(
      groups.map(([role, vhid, label, ip]) => [role, vhid, label, ip?.toString()]),
    );
  });

  it.each([
    [
      'freebsd',
      [
        { role: 'backup', vhid: 1, label: 'em0', virtualIps: '192.0.2.1 2001:db8::1' },
        { role: 'master', vhid: 2, label: 'em1', virtualIps: '198.51.100.1', advskew: 0 },
      ],
    ],
    [
      'opnsense',
      [
        { role: 'backup', vhid: 10, label: 'ix1', virtualIps: '192.0.2.1' },
        { role: 'backup', vhid: 11, label: 'ix1' },
      ],
    ],
    [
      'pfsense',
      [
        { role: 'master', vhid: 1, demotion: 240, preempt: true },
        { role: 'master', vhid: 2, demotion: 240, preempt: true },
      ],
    ],
    [
      'openbsd',
      [{ role: 'master', vhid: 1, label: 'carp0', advskew: 50, virtualIps: '192.0.2.1', demotion: 0 }],
    ],
  ])('reads what %s prints', (name, groups) => {
    const file = new URL(`../../../../fixtures/carp-texts/${name}.txt`, import.meta.url);
    const [header = '', ...lines] = readFileSync(file, 'utf8').split('\n');
    expect(header).toMatch(/^# .*Not recorded/);
    const found = rolesFromText(lines.join('\n').trim(), 0);
    expect(found).toHaveLength(groups.length);
    expect(found).toMatchObject(groups);
  });

  it('reads VRRP’s line of FreeBSD', () => {
    expect(rolesFromText('\tvrrp: MASTER vrid 7 prio 100 interval 100', 0)).toMatchObject([
      { role: 'master', vhid: 7, priority: 100 },
    ]);
  });

  it('reads whether the host takes part in CARP', () => {
    const text = 'carp: INIT vhid 1 advbase 1 advskew 0\nnet.inet.carp.allow: 0';
    expect(rolesFromText(text, 0)).toMatchObject([{ role: 'init', allowed: false }]);
  });

  it('reads demotion and preemption where the script prints them too', () => {
    const text =
      'carp: BACKUP vhid 1 advbase 1 advskew 0\nnet.inet.carp.demotion: 240\nnet.inet.carp.preempt: 0';
    expect(rolesFromText(text, 0)).toMatchObject([{ role: 'backup', demotion: 240, preempt: false }]);
    expect(rolesFromText('carp: MASTER vhid 1\ncarp: carp demote count 0', 0)).toMatchObject([
      { demotion: 0 },
    ]);
    expect(rolesFromText('carp: MASTER vhid 1 demotion 20', 0)).toMatchObject([{ demotion: 20 }]);
  });

  it('takes exactly the states of CARP’s lines, whatever stands in the others', () => {
    const noise = fc.oneof(
      fc.constantFrom(
        'lagg0: flags=5<MASTER,ACTIVE>',
        '\tlaggport: em0 flags=1c<MASTER,ACTIVE,COLLECTING>',
        '\tstatus: BACKUP',
        'MASTER',
        'role=MASTER',
        'state MASTER vhid 9',
        'master0: flags=8843<UP>',
        '\tinet 10.0.0.1 netmask 0xffffff00 vhid 1',
        'mycarp: MASTER vhid 1',
      ),
      fc.string({ maxLength: 60 }).filter((text) => !/carp:|vrrp:|\n/i.test(text)),
    );
    const line = fc.record({
      before: fc.array(noise, { maxLength: 4 }),
      state: fc.constantFrom('MASTER', 'BACKUP', 'INIT'),
      vhid: fc.integer({ min: 1, max: 255 }),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), (lines) => {
        // Behind a `carp:` line OpenBSD lists nodes; this noise has none of its lines there.
        const text = lines.flatMap(({ before, state, vhid }) => [
          ...before.filter((one) => !one.startsWith('state ')),
          `\tcarp: ${state} vhid ${vhid} advbase 1 advskew 0`,
        ]);
        expect(roles(text.join('\n'))).toEqual(lines.map(({ state, vhid }) => [state.toLowerCase(), vhid]));
      }),
    );
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
