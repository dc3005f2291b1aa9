import { describe, expect, it } from 'vitest';
import { EdgeAgent } from '../../../../../monitor/snmp/agent/edge-agent';
import { SnmpFailure } from '../../../../../monitor/snmp/client/failure';
import { RoundTrip } from '../../../../../monitor/snmp/client/round-trip';
import type { SnmpSession } from '../../../../../monitor/snmp/client/session';
import { asnType, type Varbind } from '../../../../../monitor/snmp/codec/varbind';
import { bulkFrom, getFrom, nextFrom, readWalk } from '../../../../fixtures/walks/read-walk';

const sysUpTime = '1.3.6.1.2.1.1.3.0';
const carpState = '1.3.6.1.4.1.30155.6.2.2.1.7.1';
const addresses = { managementIp: '10.20.16.91', proxyIp: '10.20.16.11', lbIp: '10.20.16.51' };

/** An agent of the recorded vendor walk, whose packets are counted and may be held up. */
function agentOf(rows: Map<string, Varbind>) {
  const packets = { get: 0, getBulk: 0, largestGet: 0 };
  let patience = Number.POSITIVE_INFINITY;
  const session: Pick<SnmpSession, 'get' | 'getNext' | 'getBulk' | 'end' | 'roundTrip' | 'answersFrom'> = {
    roundTrip: new RoundTrip(),
    answersFrom: null,
    get(oids) {
      packets.get += 1;
      packets.largestGet = Math.max(packets.largestGet, oids.length);
      return getFrom(rows)(oids);
    },
    getNext: nextFrom(rows),
    async getBulk(oids, repetitions, deadlineAt) {
      packets.getBulk += 1;
      patience -= 1;
      if (patience >= 0) return bulkFrom(rows)(oids, repetitions);
      await new Promise((resolve) => setTimeout(resolve, deadlineAt - performance.now()));
      throw new SnmpFailure('timeout', 'nothing answered');
    },
    end: () => undefined,
  };
  return {
    agent: new EdgeAgent(session as SnmpSession, '10.0.0.1:161', addresses),
    packets,
    wait: (walkPackets: number) => (patience = walkPackets),
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const later = () => performance.now() + 5000;
const integer = (oid: string, value: number): [string, Varbind] => [
  oid,
  { oid, type: asnType.integer, value },
];
const ticks = (value: number): [string, Varbind] => [
  sysUpTime,
  { oid: sysUpTime, type: asnType.timeTicks, value },
];

describe('EdgeAgent', () => {
  it('walks once; then one packet a health poll and one of a few objects a role poll', async () => {
    const { agent, packets } = agentOf(readWalk('vendor-edge'));
    await agent.readHealth(later());
    const walked = packets.getBulk;
    const before = packets.get;
    for (let poll = 0; poll < 5; poll += 1) await agent.readHealth(later());
    await settled();
    expect(packets.getBulk).toBe(walked);
    expect(packets.get - before).toBe(5);
    packets.largestGet = 0;
    await agent.readRole(later());
    expect(packets.largestGet).toBeLessThanOrEqual(3);
  });

  it('asks for the LB interface’s ingress with the role where no witness speaks, and only there', async () => {
    const witnesses = /^1\.3\.6\.1\.4\.1\.(8072\.1\.3\.2|30155)\./;
    const rows = readWalk('vendor-edge');
    const spoken = agentOf(rows);
    await spoken.agent.readHealth(later());
    expect(await spoken.agent.readRole(later())).toMatchObject({ value: { interfaces: [] } });
    // Where the cluster goes by traffic it is asked all the same.
    const wanted = await spoken.agent.readRole(later(), true);
    expect(wanted).toMatchObject({ value: { interfaces: [{ index: 3, operUp: null }] } });

    for (const oid of [...rows.keys()]) if (witnesses.test(oid)) rows.delete(oid);
    // A witness that vanishes: from the next poll on the ingress is asked, without another walk.
    await spoken.agent.readRole(later());
    const untold = await spoken.agent.readRole(later());
    expect(untold).toMatchObject({ value: { roles: [], interfaces: [{ index: 3 }] } });

    const untouched = agentOf(rows);
    await untouched.agent.readHealth(later());
    untouched.packets.largestGet = 0;
    const first = await untouched.agent.readRole(later());
    // sysUpTime, the counter, and the name of its interface.
    expect(untouched.packets.largestGet).toBe(3);
    expect(first).toMatchObject({
      value: { roleOnly: true, roles: [], interfaceUse: { proxy: 2, loadBalancer: 3 } },
    });
    if (first.outcome !== 'answered') throw new Error('no answer');
    expect(first.value.interfaces[0]?.inOctets).toBeGreaterThan(0n);
  });

  it('learns only the role objects when the role is asked first', async () => {
    const { agent, packets } = agentOf(readWalk('vendor-edge'));
    const { outcome } = await agent.readRole(later());
    expect(outcome).toBe('answered');
    expect(packets.getBulk).toBeLessThanOrEqual(4);
  });

  it('takes an interrupted first walk up again, and says so', async () => {
    const { agent, wait } = agentOf(readWalk('vendor-edge'));
    wait(3);
    const unfinished = await agent.readHealth(performance.now() + 100);
    const parts = ['device', 'interfaces', 'watched', 'roles'];
    expect(unfinished).toMatchObject({
      outcome: 'answered',
      value: {
        agentUptimeMs: expect.any(Number),
        caConnectivity: null,
        unanswered: parts.map((part) => ({ part, words: expect.stringContaining('first walk') })),
      },
    });
    wait(Number.POSITIVE_INFINITY);
    const result = await agent.readHealth(later());
    expect(result).toMatchObject({
      outcome: 'answered',
      value: { reportedName: 'fra-01-01', caConnectivity: 3 },
    });
  });

  it('walks anew beside the polls after a restart, and knows the new objects then', async () => {
    const rows = readWalk('vendor-edge');
    rows.set(...ticks(500_000_00));
    const { agent, packets } = agentOf(rows);
    await agent.readHealth(later());
    const walked = packets.getBulk;
    rows.delete(carpState);
    rows.set(...integer('1.3.6.1.4.1.30155.6.2.2.1.7.4', 2));
    rows.set(...ticks(100));
    const first = await agent.readHealth(later());
    expect(first).toMatchObject({ outcome: 'answered', value: { caConnectivity: 3 } });
    await settled();
    expect(packets.getBulk).toBeGreaterThan(walked);
    const second = await agent.readRole(later());
    if (second.outcome !== 'answered') throw new Error('no answer');
    expect(second.value.roles.filter(({ witness }) => witness === 'carp-mib')).toMatchObject([
      { role: 'master' },
    ]);
  });

  it('is not misled by polls that overtake each other', async () => {
    const rows = readWalk('vendor-edge');
    rows.set(...ticks(50_000));
    const { agent, packets } = agentOf(rows);
    await agent.readHealth(later());
    const walked = packets.getBulk;
    rows.set(...ticks(49_950));
    await agent.readRole(later());
    await settled();
    expect(packets.getBulk).toBe(walked);
  });

  it('never repeats an old value for an object that is gone', async () => {
    const rows = readWalk('vendor-edge');
    const { agent } = agentOf(rows);
    await agent.readHealth(later());
    for (const oid of rows.keys()) if (oid.startsWith('1.3.6.1.4.1.')) rows.delete(oid);
    const result = await agent.readHealth(later());
    expect(result).toMatchObject({
      outcome: 'answered',
      value: { caConnectivity: null, cpuPercent: null, swapPercent: null, roles: [] },
    });
  });

  it('says when an agent offers nothing', async () => {
    const { agent } = agentOf(new Map());
    await expect(agent.readHealth(later())).rejects.toThrow(/offers nothing that can be read/);
  });
});
