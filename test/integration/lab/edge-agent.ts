import type { Lab } from '../../lab/real-lab';
import { allEdges } from '../../lab/plan';
import { SnmpFailure } from '../../../monitor/snmp/client/failure';
import { SnmpSession } from '../../../monitor/snmp/client/session';
import { SharedSockets } from '../../../monitor/snmp/client/shared-sockets';
import type { UsmUser } from '../../../monitor/snmp/codec/usm-keys';

const deadlineMs = 2_000;

export const oid = {
  carpExtend: '1.3.6.1.4.1.8072.1.3.2.3.1.1.4.99.97.114.112',
  carpIfState: '1.3.6.1.4.1.30155.6.2.2.1.7.1',
  engineBoots: '1.3.6.1.6.3.10.2.1.2.0',
  hrSystemUptime: '1.3.6.1.2.1.25.1.1.0',
  sysName: '1.3.6.1.2.1.1.5.0',
  caConnectivity: '1.3.6.1.4.1.46262.9.2.1.5.1',
  proxyOutOctets: '1.3.6.1.2.1.31.1.1.1.10.3',
};

/** Asks one edge of the lab by SNMPv3. Null: it did not answer, or not with values. Octet strings come as text. */
export async function ask(lab: Lab, name: string, oids: string[]): Promise<(string | number)[] | null> {
  const edge = allEdges(lab.plan).find((each) => each.name === name);
  if (!edge) throw new Error(`no edge ${name}`);
  const user: UsmUser = {
    name: 'noc',
    level: 'authPriv',
    auth: { protocol: 'sha1', password: lab.environment['HERON_LAB_AUTH']! },
    priv: { protocol: 'aes128', password: lab.environment['HERON_LAB_PRIV']! },
  };
  const peer = { address: edge.managementIp, port: 161 };
  const session = new SnmpSession(peer, edge.managementIp, { kind: 'v3', user }, new SharedSockets());
  try {
    const varbinds = await session.get(oids, performance.now() + deadlineMs);
    return varbinds.map(({ value }) => plain(value));
  } catch (error) {
    if (error instanceof SnmpFailure) return null;
    throw error;
  } finally {
    session.end();
  }
}

/** The names of the edges whose agent says MASTER, in order. */
export async function mastersBySnmp(lab: Lab): Promise<string[]> {
  const edges = allEdges(lab.plan);
  const said = await Promise.all(edges.map((edge) => ask(lab, edge.name, [oid.carpExtend])));
  return edges.filter((_, i) => String(said[i]?.[0]).includes('MASTER')).map((edge) => edge.name);
}

function plain(value: unknown): string | number {
  if (typeof value === 'number') return value;
  if (!Buffer.isBuffer(value)) throw new Error(`neither a number nor a string: ${String(value)}`);
  // A Counter64 comes as its bytes.
  return value.length <= 8 && value.some((byte) => byte < 32)
    ? Number(`0x${value.toString('hex')}`)
    : value.toString();
}
