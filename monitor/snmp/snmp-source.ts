import { isDeepStrictEqual } from 'node:util';
import { canonicalHost } from '../../domain/inventory/host-address';
import type { Credential, Edge } from '../../domain/inventory/inventory';
import type { SnmpReading, SourceResult } from '../../domain/model/reading';
import type { SecretResolver } from '../secrets/secret-resolver';
import type { AddressResolver } from '../names/address-resolver';
import { AddressChoice } from './address-choice';
import { EdgeAgent } from './agent/edge-agent';
import { SnmpFailure, systemFailure } from './client/failure';
import type { EdgeAddresses } from './agent/interface-plan';
import { resolveSecurity, type SnmpSecurity } from './client/resolve-security';
import { SnmpSession } from './client/session';
import { SharedSockets } from './client/shared-sockets';

type Result = SourceResult<SnmpReading>;

interface Known {
  /** What the agent was made from: as long as it is equal, the agent is used on. */
  edge: Edge;
  credential: Credential;
  address: string;
  security: SnmpSecurity;
  /** Its credential was refused: the passwords are resolved again at the next read. */
  isDoubted: boolean;
  agent: EdgeAgent;
}

/** After these the passwords are resolved again at the next read: they may have been corrected meanwhile. */
const credentialFailures: ReadonlySet<string> = new Set([
  'wrong-password',
  'wrong-user',
  'wrong-privacy',
  'unsupported',
]);

/** Reads edges by SNMP over lasting sessions on shared sockets. Never throws. */
export class SnmpSource {
  private readonly agents = new Map<string, Known>();
  private readonly sockets = new SharedSockets();
  private readonly addresses: AddressChoice;
  private closed = false;
  /** The edges whose agents report a role, by cluster. */
  private readonly reporting = new Map<string, Set<string>>();

  constructor(
    private readonly credentialOf: (name: string) => Credential | undefined,
    private readonly secrets: SecretResolver,
    /** Clusters whose active LB is inferred from traffic: their role polls request it. */
    private readonly usesTraffic: (clusterId: string) => boolean,
    names: AddressResolver,
  ) {
    this.addresses = new AddressChoice(names);
  }

  /** How many UDP sockets serve all sessions. */
  get socketCount(): number {
    return this.sockets.size;
  }

  /** Reads one edge within `deadlineMs` from now. */
  async read(edge: Edge, kind: 'health' | 'role', deadlineMs: number): Promise<Result> {
    if (!edge.snmp) return { outcome: 'not-asked' };
    const startedAt = performance.now();
    try {
      if (this.closed) throw new SnmpFailure('failed', 'the monitor is stopping');
      const agent = this.knownAgent(edge) ?? (await this.agentOf(edge, edge.snmp, deadlineMs));
      const deadlineAt = startedAt + deadlineMs;
      const isExpected = this.hasReportingSibling(edge);
      const withIngress = edge.clusterId !== null && this.usesTraffic(edge.clusterId);
      const result =
        kind === 'health'
          ? await agent.readHealth(deadlineAt, isExpected)
          : await agent.readRole(deadlineAt, withIngress, isExpected);
      this.noteReport(edge, result);
      this.addresses.answered(edge.id);
      return result;
    } catch (error) {
      const failure = error instanceof SnmpFailure ? error : systemFailure(error, edge.name);
      this.addresses.failed(edge.id, failure.code);
      const known = this.agents.get(edge.id);
      if (known && credentialFailures.has(failure.code)) known.isDoubted = true;
      const latencyMs = performance.now() - startedAt;
      return { outcome: 'unreachable', latencyMs, code: failure.code, words: failure.words };
    }
  }

  /** The SNMPv3 engine that answered for an edge, with its clock; null before it did. */
  engineOf(edgeId: string): ReturnType<EdgeAgent['engine']> {
    return this.agents.get(edgeId)?.agent.engine() ?? null;
  }

  forget(edgeId: string): void {
    this.addresses.forget(edgeId);
    const clusterId = this.agents.get(edgeId)?.edge.clusterId ?? '';
    this.reporting.get(clusterId)?.delete(edgeId);
    this.endAgent(edgeId);
  }

  private endAgent(edgeId: string): void {
    this.agents.get(edgeId)?.agent.close();
    this.agents.delete(edgeId);
  }

  close(): void {
    this.closed = true;
    for (const edgeId of [...this.agents.keys()]) this.forget(edgeId);
  }

  private hasReportingSibling({ id, clusterId }: Edge): boolean {
    const reporting = clusterId === null ? undefined : this.reporting.get(clusterId);
    return reporting !== undefined && reporting.size > (reporting.has(id) ? 1 : 0);
  }

  private noteReport({ id, clusterId }: Edge, result: Result): void {
    if (clusterId === null || result.outcome !== 'answered') return;
    const reports = result.value.roles.some(({ role }) => role !== 'unknown');
    const reporting = this.reporting.get(clusterId);
    if (reports === (reporting?.has(id) ?? false)) return;
    // An agent that stops reporting is still evidence that its siblings offer a role, until it is forgotten.
    if (reports) this.reporting.set(clusterId, (reporting ?? new Set()).add(id));
  }

  /** The agent of an unchanged edge whose address needs no look-up. */
  private knownAgent(edge: Edge): EdgeAgent | null {
    const known = this.agents.get(edge.id);
    if (!known || known.isDoubted || known.edge !== edge || known.address !== hostOf(edge)) return null;
    return this.credentialOf(edge.snmp?.credential ?? '') === known.credential ? known.agent : null;
  }

  private async agentOf(edge: Edge, snmp: NonNullable<Edge['snmp']>, deadlineMs: number): Promise<EdgeAgent> {
    const host = hostOf(edge);
    const where = host.includes(':') ? `[${host}]:${snmp.port}` : `${host}:${snmp.port}`;
    const credential = this.credentialOf(snmp.credential);
    if (!credential) {
      throw new SnmpFailure('no-credential', `there is no credential "${snmp.credential}" in the inventory`);
    }
    const address = await this.addresses.choose(edge.id, host, deadlineMs);
    const known = this.agents.get(edge.id);
    const same =
      known?.address === address &&
      fingerprint(known.edge, known.credential) === fingerprint(edge, credential);
    if (known && same && !known.isDoubted) {
      Object.assign(known, { edge, credential });
      return known.agent;
    }
    const resolved = await resolveSecurity(credential, this.secrets);
    if (!resolved.ok) throw new SnmpFailure(resolved.code, resolved.words);
    const { security } = resolved;
    if (known && same && isDeepStrictEqual(security, known.security)) {
      Object.assign(known, { edge, credential, isDoubted: false });
      return known.agent;
    }
    this.endAgent(edge.id);
    const peer = { address, port: snmp.port };
    const session = new SnmpSession(peer, where, security, this.sockets);
    const agent = new EdgeAgent(session, where, usesOf(edge));
    this.agents.set(edge.id, { edge, credential, address, security, isDoubted: false, agent });
    return agent;
  }
}

/** Where an edge is asked by SNMP. */
export function hostOf({ snmp, managementIp, proxyIp }: Edge): string {
  return snmp?.host ?? managementIp ?? proxyIp;
}

function usesOf({ managementIp, proxyIp, lbIp, snmp }: Edge): EdgeAddresses {
  const host = snmp?.host === undefined ? null : canonicalHost(snmp.host);
  return { managementIp: managementIp ?? host, proxyIp, lbIp: lbIp ?? null };
}

/** What an agent depends on besides its address, for comparison. */
function fingerprint(edge: Edge, credential: Credential): string {
  return JSON.stringify([edge.snmp?.port, credential, usesOf(edge)]);
}
