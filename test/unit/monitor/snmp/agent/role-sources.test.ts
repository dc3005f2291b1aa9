import { describe, expect, it, vi } from 'vitest';
import type { SnmpReading } from '../../../../../domain/model/reading';
import { EdgeAgent } from '../../../../../monitor/snmp/agent/edge-agent';
import { RoundTrip } from '../../../../../monitor/snmp/client/round-trip';
import type { SnmpSession } from '../../../../../monitor/snmp/client/session';
import { asnType, type Varbind } from '../../../../../monitor/snmp/codec/varbind';
import { bulkFrom, getFrom, nextFrom, readWalk } from '../../../../fixtures/walks/read-walk';

const sysUpTime = '1.3.6.1.2.1.1.3.0';
const vrrp = '1.3.6.1.4.1.9586.100.5.2';
const addresses = { managementIp: '10.20.16.91', proxyIp: '10.20.16.11', lbIp: '10.20.16.51' };
const later = () => performance.now() + 5_000;

/** snmpd with keepalived as its sub-agent, which can be away, and whose rows can change. */
class Agent {
  readonly rows = readWalk('net-snmp-generic');
  readonly agent: EdgeAgent;
  private ticks = 50_000;

  constructor() {
    for (const oid of [...this.rows.keys()])
      if (oid.startsWith('1.3.6.1.4.1.8072.1.3.2')) this.rows.delete(oid);
    this.wait(0);
    const session: Pick<SnmpSession, 'get' | 'getNext' | 'getBulk' | 'end' | 'roundTrip' | 'answersFrom'> = {
      roundTrip: new RoundTrip(),
      answersFrom: null,
      get: (oids) => getFrom(this.rows)(oids),
      getNext: (oids) => nextFrom(this.rows)(oids),
      getBulk: (oids, repetitions) => bulkFrom(this.rows)(oids, repetitions),
      end: () => undefined,
    };
    this.agent = new EdgeAgent(session as SnmpSession, '10.0.0.1:161', addresses);
  }

  wait(seconds: number): void {
    this.ticks += seconds * 100;
    this.set(sysUpTime, asnType.timeTicks, this.ticks);
  }

  restart(): void {
    this.ticks = 0;
    this.wait(1);
  }

  /** One VRRP instance, in the row of `index`. */
  offers(index: number, state: number, vhid = 51, name = 'VI_1', address = '10.20.16.100'): this {
    this.set(`${vrrp}.3.1.2.${index}`, asnType.octetString, Buffer.from(name));
    this.set(`${vrrp}.3.1.3.${index}`, asnType.gauge32, vhid);
    this.set(`${vrrp}.3.1.4.${index}`, asnType.integer, state);
    this.set(`${vrrp}.3.1.7.${index}`, asnType.integer, 150);
    this.set(`${vrrp}.3.1.8.${index}`, asnType.integer, 148);
    this.set(`${vrrp}.3.1.13.${index}`, asnType.integer, 1);
    this.set(`${vrrp}.6.1.2.${index}.1`, asnType.integer, 1);
    this.set(`${vrrp}.6.1.3.${index}.1`, asnType.octetString, Buffer.from(address.split('.').map(Number)));
    return this;
  }

  stops(): this {
    for (const oid of [...this.rows.keys()]) if (oid.startsWith(`${vrrp}.`)) this.rows.delete(oid);
    return this;
  }

  async role(isExpected = false): Promise<SnmpReading> {
    const result = await this.agent.readRole(later(), false, isExpected);
    if (result.outcome !== 'answered') throw new Error('no answer');
    return result.value;
  }

  async health(): Promise<SnmpReading> {
    const result = await this.agent.readHealth(later());
    if (result.outcome !== 'answered') throw new Error('no answer');
    return result.value;
  }

  private set(oid: string, type: number, value: Varbind['value']): void {
    this.rows.set(oid, { oid, type, value });
  }
}

const shown = ({ roles }: SnmpReading) => roles.map(({ role, vhid, label }) => [role, vhid, label]);

describe('a role source', () => {
  it('reads what KEEPALIVED-MIB has of a group', async () => {
    const agent = new Agent().offers(1, 2);
    const read = await agent.health();
    expect(read.roles).toMatchObject([
      {
        ...{ witness: 'keepalived-mib', role: 'master', vhid: 51, label: 'VI_1', virtualIps: '10.20.16.100' },
        ...{ priority: 148, basePriority: 150, preempt: true },
      },
    ]);
    expect((await agent.role()).roles).toEqual(read.roles);
  });

  it('that a sibling offers is found within seconds once it is there, and quickly only then', async () => {
    const agent = new Agent();
    await agent.health();
    expect(shown(await agent.role(true))).toEqual([]);
    agent.offers(3, 1);
    await vi.waitFor(
      async () => expect(shown(await agent.role(true))).toEqual([['backup', 51, 'VI_1']]),
      4_000,
    );
    // The health poll knows it as well, so that the two do not contradict each other.
    expect(shown(await agent.health())).toEqual([['backup', 51, 'VI_1']]);
  });

  it('stays in the question while a walk does not find it', async () => {
    const agent = new Agent().offers(1, 2);
    await agent.health();
    agent.stops().restart();
    await agent.health();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(shown(await agent.role())).toEqual([]);
    agent.offers(1, 1);
    expect(shown(await agent.role())).toEqual([['backup', 51, 'VI_1']]);
    expect(shown(await agent.health())).toEqual([['backup', 51, 'VI_1']]);
  });

  it('is found again in another row', async () => {
    const agent = new Agent().offers(1, 2);
    await agent.health();
    await agent.role();
    agent.stops().offers(2, 1);
    await vi.waitFor(async () => expect(shown(await agent.role())).toEqual([['backup', 51, 'VI_1']]), 4_000);
  });

  it('is lost when its rows are gone while the agent answers on', async () => {
    const agent = new Agent().offers(1, 2);
    await agent.health();
    expect((await agent.role()).lostWitnesses).toBeUndefined();
    agent.stops().wait(1);
    expect((await agent.role()).lostWitnesses).toEqual(['keepalived-mib']);
    expect((await agent.health()).lostWitnesses).toEqual(['keepalived-mib']);
    agent.offers(1, 1);
    expect((await agent.role()).lostWitnesses).toBeUndefined();
  });

  it('is not lost when the agent itself was restarted and does not offer it yet', async () => {
    const agent = new Agent().offers(1, 2);
    await agent.health();
    await agent.role();
    agent.stops().restart();
    expect((await agent.role()).lostWitnesses).toBeUndefined();
    expect((await agent.health()).lostWitnesses).toBeUndefined();
  });

  it('that changes its group is read with the new one', async () => {
    const agent = new Agent().offers(1, 2);
    await agent.health();
    agent.offers(1, 2, 77, 'VI_renamed');
    // Until the row is known again it may be about any group.
    expect(shown(await agent.role())).toEqual([]);
    await vi.waitFor(async () => expect(shown(await agent.role())).toEqual([['master', 77, 'VI_renamed']]));
    expect(shown(await agent.health())).toEqual([['master', 77, 'VI_renamed']]);
  });
});
