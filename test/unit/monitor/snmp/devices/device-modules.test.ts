import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SnmpReading } from '../../../../../domain/model/reading';
import { deviceModules } from '../../../../../monitor/snmp/devices/modules';
import { ObjectReader } from '../../../../../monitor/snmp/client/object-reader';
import { decodeHealth, messagesToAsk } from '../../../../../monitor/snmp/agent/decode-reading';
import { healthBases, planHealth, type HealthPlan } from '../../../../../monitor/snmp/agent/plan';
import { asnType, type Varbind } from '../../../../../monitor/snmp/codec/varbind';
import { Walk } from '../../../../../monitor/snmp/client/walk';
import { bulkFrom, getFrom, readWalk } from '../../../../fixtures/walks/read-walk';

const vendorAddresses = { managementIp: '10.20.16.91', proxyIp: '10.20.16.11', lbIp: '10.20.16.51' };
const otherAddresses = { managementIp: '192.0.2.1', proxyIp: '192.0.2.2', lbIp: '192.0.2.3' };

async function learn(
  name: string,
  addresses = otherAddresses,
): Promise<{ rows: Map<string, Varbind>; plan: HealthPlan }> {
  const rows = readWalk(name);
  const walk = new Walk(healthBases(deviceModules));
  await walk.run({ getBulk: bulkFrom(rows) });
  return { rows, plan: planHealth(deviceModules, walk.rows, addresses) };
}

function readObjects(rows: ReadonlyMap<string, Varbind>, plan: HealthPlan) {
  const requests = { get: getFrom(rows), roundTrip: { timeoutMs: null } };
  return new ObjectReader(requests, '1.3.6.1.2.1.1.3.0').read(plan.oids, performance.now() + 5_000);
}

async function read(rows: ReadonlyMap<string, Varbind>, plan: HealthPlan): Promise<SnmpReading> {
  const { values, missing } = await readObjects(rows, plan);
  expect(missing).toBe(false);
  for (const row of plan.learned) values.set(row.oid, row);
  for (const row of await getFrom(rows)(messagesToAsk(plan, values))) values.set(row.oid, row);
  return decodeHealth(plan, values);
}

describe('recorded walks', () => {
  it("vendor-edge: the vendor's objects, addresses, and both CARP witnesses", async () => {
    const { rows, plan } = await learn('vendor-edge', vendorAddresses);
    const reading = await read(rows, plan);
    expect(reading).toMatchObject({
      reportedName: 'fra-01-01',
      caConnectivity: 3,
      loggingConnectivity: 4,
      cpuPercent: 29.16,
      swapPercent: 1.26,
      interfaceUse: { management: 1, proxy: 2, loadBalancer: 3 },
      unreadable: [],
    });
    expect(reading.description).toContain('FreeBSD');
    expect(reading.interfaces.map(({ name, operUp, counterBits }) => [name, operUp, counterBits])).toEqual([
      ['vmx0', true, 64],
      ['vmx1', true, 64],
      ['vmx2', true, 64],
    ]);
    expect(
      reading.interfaces.every(({ inOctets, outOctets }) => inOctets !== null && outOctets !== null),
    ).toBe(true);
    expect(reading.roles.map(({ witness }) => witness)).toEqual(['carp-extend', 'carp-mib']);
    expect(new Set(reading.roles.map(({ role }) => role)).size).toBe(1);
    expect(plan.oids.length).toBeLessThanOrEqual(40);
  });

  it('the speed of an interface, and counters as wide as the agent answers them', async () => {
    const { rows, plan } = await learn('vendor-edge', vendorAddresses);
    const { interfaces } = await read(rows, plan);
    expect(interfaces.map(({ speedBitsPerSecond }) => speedBitsPerSecond)).toEqual([1e9, 1e10, 1e10]);
    const narrow = new Map(rows);
    for (const column of [6, 10]) {
      const oid = `1.3.6.1.2.1.31.1.1.1.${column}.2`;
      narrow.set(oid, { oid, type: asnType.counter32, value: 70_000 });
    }
    expect((await read(narrow, plan)).interfaces[1]).toMatchObject({ counterBits: 32, inOctets: 70_000n });
  });

  it("vendor-edge: the vendor's order of interfaces where addresses do not identify them", async () => {
    const { plan } = await learn('vendor-edge');
    expect(plan.interfaceUse).toEqual({ management: 1, proxy: 2, loadBalancer: 3 });
  });

  it('one interface may serve several uses', async () => {
    const { plan } = await learn('vendor-edge', {
      managementIp: '10.20.16.11',
      proxyIp: '10.20.16.11',
      lbIp: '10.20.16.11',
    });
    expect(plan.interfaceUse).toEqual({ management: 2, proxy: 2, loadBalancer: 2 });
  });

  it('net-snmp-generic: UCD tables with messages, uptime, and a carp script of several lines', async () => {
    const { rows, plan } = await learn('net-snmp-generic');
    const reading = await read(rows, plan);
    expect(reading).toMatchObject({ reportedName: 'generic-lab', caConnectivity: null, unreadable: [] });
    expect(reading.cpuPercent).toBeGreaterThanOrEqual(0);
    expect(reading.agentUptimeMs).toBeGreaterThan(0);
    expect(reading.systemUptimeMs).toBeGreaterThan(0);
    expect(reading.tcpEstablished).toBeGreaterThanOrEqual(0);
    expect(reading.watched.filter(({ failed }) => failed)).toEqual([
      { table: 'process', name: 'nosuchthing', failed: true, message: 'No nosuchthing process running' },
    ]);
    expect(reading.watched.map(({ table }) => table)).toEqual([
      'process',
      'process',
      'disk',
      'load',
      'load',
      'load',
    ]);
    expect(reading.roles.map(({ role, vhid, advskew, maxAgeMs }) => [role, vhid, advskew, maxAgeMs])).toEqual(
      [
        ['backup', 1, 100, 1000],
        ['master', 2, 0, 1000],
      ],
    );
    // The recording machine's eth0 had 192.0.2.2; the other two addresses are on none of its interfaces.
    expect(reading.interfaceUse).toEqual({ management: null, proxy: 4, loadBalancer: null });
    expect(reading.interfaces.map(({ name }) => name)).not.toContain('lo');
  });

  it('openbsd-carp: one witness per group, with vhid and skew', async () => {
    const { rows, plan } = await learn('openbsd-carp');
    const reading = await read(rows, plan);
    expect(
      reading.roles.map(({ witness, role, vhid, advbase, advskew }) => [
        witness,
        role,
        vhid,
        advbase,
        advskew,
      ]),
    ).toEqual([
      ['carp-mib', 'master', 1, 1, 0],
      ['carp-mib', 'backup', 7, 1, 100],
    ]);
  });

  it('keepalived with two instances: each with its name, addresses and priorities', async () => {
    const { rows, plan } = await learn('keepalived-two-groups');
    const { roles } = await read(rows, plan);
    const usual = { witness: 'keepalived-mib', preempt: true };
    expect(roles).toMatchObject([
      { ...usual, role: 'backup', vhid: 52, label: 'VI_0', virtualIps: '10.99.0.200', priority: 50 },
      { ...usual, role: 'master', vhid: 51, label: 'VI_1', virtualIps: '10.99.0.100', priority: 150 },
    ]);
  });

  it('keepalived: the state of a VRRP instance', async () => {
    const { rows, plan } = await learn('keepalived');
    const reading = await read(rows, plan);
    expect(reading.roles).toEqual([
      {
        witness: 'keepalived-mib',
        role: 'master',
        vhid: 51,
        advbase: null,
        advskew: null,
        confidence: 1,
        maxAgeMs: 0,
        said: '2',
        label: 'VI_LB',
        priority: 148,
        basePriority: 150,
      },
    ]);
  });
});

describe('answers that are not what the MIB says', () => {
  const junk = fc.oneof(
    fc.record({ type: fc.constant(asnType.integer as number), value: fc.integer() }),
    fc.record({
      type: fc.constant(asnType.counter64 as number),
      value: fc.uint8Array({ maxLength: 12 }).map((b) => Buffer.from(b)),
    }),
    fc.record({
      type: fc.constant(asnType.octetString as number),
      value: fc.uint8Array({ maxLength: 600 }).map((b) => Buffer.from(b)),
    }),
    fc.record({ type: fc.constant(asnType.noSuchInstance as number), value: fc.constant(null) }),
    fc.record({
      type: fc.nat(255),
      value: fc.oneof(fc.double(), fc.string(), fc.constant(undefined), fc.constant(null)),
    }),
  );

  it.each(['vendor-edge', 'net-snmp-generic', 'openbsd-carp', 'keepalived'])(
    '%s: mutated rows in the walk and in the poll give a reading without NaN or negative counters',
    async (name) => {
      const rows = readWalk(name);
      const oids = [...rows.keys()];
      const changes = fc.array(fc.tuple(fc.nat(oids.length - 1), junk), { minLength: 1, maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(changes, changes, fc.boolean(), async (inWalk, inPoll, drop) => {
          const walked = new Map(rows);
          for (const [at, change] of inWalk) walked.set(oids[at]!, { oid: oids[at]!, ...change });
          const walk = new Walk(healthBases(deviceModules));
          await walk.run({ getBulk: bulkFrom(walked) });
          const plan = planHealth(deviceModules, walk.rows, vendorAddresses);
          const polled = new Map(walked);
          for (const [at, change] of inPoll) {
            if (drop) polled.delete(oids[at]!);
            else polled.set(oids[at]!, { oid: oids[at]!, ...change });
          }
          const { values } = await readObjects(polled, plan);
          for (const row of plan.learned) values.set(row.oid, row);
          expectSound(decodeHealth(plan, values));
        }),
        { numRuns: 60 },
      );
    },
    20_000,
  );
});

function expectSound(reading: SnmpReading): void {
  const text = JSON.stringify(reading, (_, value: unknown) => {
    if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
    if (typeof value === 'bigint') expect(value >= 0n && value < 2n ** 64n).toBe(true);
    return typeof value === 'bigint' ? String(value) : value;
  });
  expect(text.length).toBeLessThan(100_000);
  for (const percent of [reading.cpuPercent, reading.swapPercent]) {
    if (percent !== null) expect(percent >= 0 && percent <= 100).toBe(true);
  }
  expect(reading.unreadable?.length ?? 0).toBeLessThanOrEqual(8);
  const indices = new Set(reading.interfaces.map(({ index }) => index));
  for (const used of Object.values(reading.interfaceUse))
    if (used !== null) expect(indices.has(used)).toBe(true);
}
