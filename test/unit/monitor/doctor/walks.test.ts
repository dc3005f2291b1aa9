import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../domain/doctor/diagnose';
import { examineWalk } from '../../../../monitor/doctor/examine-walk';
import { parseWalk } from '../../../../monitor/doctor/parse-walk';

const folder = new URL('../../../fixtures/walks/', import.meta.url);
const walks = readdirSync(folder).filter((name) => name.endsWith('.snmpwalk'));

/** What must come out of each walk: the device, and the roles with their witnesses. */
const expected: Record<string, { device: string; roles: string[] }> = {
  'keepalived.snmpwalk': {
    device: 'keepalived behind net-snmp on Linux',
    roles: ['keepalived-mib master 51'],
  },
  'keepalived-two-groups.snmpwalk': {
    device: 'keepalived behind net-snmp on Linux',
    roles: ['keepalived-mib master 51', 'keepalived-mib backup 52'],
  },
  'net-snmp-generic.snmpwalk': {
    device: 'net-snmp on Linux',
    roles: ['carp-extend backup 1', 'carp-extend master 2'],
  },
  'openbsd-carp.snmpwalk': {
    device: 'an agent with OPENBSD-CARP-MIB on Linux',
    roles: ['carp-mib master 1', 'carp-mib backup 7'],
  },
  'vendor-edge.snmpwalk': {
    device: "the vendor's edge on FreeBSD",
    roles: ['carp-extend backup 1', 'carp-mib backup 1'],
  },
};

describe('the library of walks', () => {
  it('states what comes out of every walk', () => {
    expect(walks.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it.each(walks)('%s says where it is from, and is decoded', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    expect(text).toMatch(/^# (?:Recorded|Not recorded|Rows of)/);
    const { rows, unreadable } = parseWalk(text);
    expect(unreadable).toBe(0);
    const facts = examineWalk(name, rows, 0);
    const roles = (facts.reading?.roles ?? []).map(
      ({ witness, role, vhid }) => `${witness} ${role} ${vhid ?? ''}`,
    );
    expect(roles.toSorted()).toEqual(expected[name]?.roles.toSorted());
    const objects = diagnose(facts).steps.find(({ key }) => key === 'objects');
    expect(objects?.findings[0]?.words).toBe(`The agent is ${expected[name]?.device ?? ''}.`);
  });
});
