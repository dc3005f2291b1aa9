import type { SnmpReading } from '../../../../domain/model/reading';

/** Faults of one edge's agent, and of the network to it, which leave its LB alone. */
export const agentFaultKinds = [
  'cut',
  'lossy',
  'far',
  'hang',
  'slow',
  'partial',
  'role-unanswered',
  'role-absent',
  'agent-restart',
  'malformed',
  'cached',
  'counters-reset',
] as const;
export type AgentFaultKind = (typeof agentFaultKinds)[number];

export interface AgentFault {
  kind: AgentFaultKind;
  cluster: string;
  /** Null: all edges of the cluster. */
  edge: string | null;
  fromMs: number;
  toMs: number;
}

/** How old a role may be that an agent with the fault `cached` reports, milliseconds. */
export const cachedMs = 2_000;

/** The faults of agents and of the network in a run, those that have ended included. UTC milliseconds. */
export class AgentFaults {
  readonly all: AgentFault[] = [];

  add(fault: AgentFault): void {
    this.all.push(fault);
  }

  has(kind: AgentFaultKind, cluster: string, edge: string, atMs: number): boolean {
    return this.of(cluster, edge, atMs, atMs).some((fault) => fault.kind === kind);
  }

  /** Those of an edge at some time in [fromMs, toMs]. */
  of(cluster: string, edge: string, fromMs: number, toMs: number): AgentFault[] {
    return this.all.filter(
      (fault) =>
        fault.cluster === cluster &&
        (fault.edge === null || fault.edge === edge) &&
        fault.fromMs <= toMs &&
        fault.toMs >= fromMs,
    );
  }

  /** The reading that an agent gives with its faults, from that which it gives without. */
  alter(reading: SnmpReading, cluster: string, edge: string, nowMs: number): SnmpReading {
    const has = (kind: AgentFaultKind): boolean => this.has(kind, cluster, edge, nowMs);
    let altered = reading;
    const restarted = this.of(cluster, edge, -Infinity, nowMs).findLast(
      ({ kind }) => kind === 'agent-restart',
    );
    if (restarted && restarted.toMs <= nowMs) {
      const agentUptimeMs = Math.min(altered.agentUptimeMs ?? Infinity, nowMs - restarted.toMs);
      altered = { ...altered, agentUptimeMs };
    }
    if (has('role-absent')) {
      altered = { ...altered, roles: [], lostWitnesses: altered.roles.map(({ witness }) => witness) };
    }
    if (has('role-unanswered')) {
      altered = { ...altered, roles: [], unanswered: [{ part: 'roles', words: 'no answer' }] };
    }
    if (reading.roleOnly) return altered;
    if (has('malformed')) altered = { ...altered, cpuPercent: null, unreadable: ['the load: zero length'] };
    if (has('counters-reset')) {
      const interfaces = altered.interfaces.map((one) => ({ ...one, inOctets: 1_000n, outOctets: 1_000n }));
      altered = { ...altered, interfaces };
    }
    if (!has('partial')) return altered;
    return {
      ...altered,
      interfaces: [],
      interfaceUse: { management: null, proxy: null, loadBalancer: null },
      unanswered: [...(altered.unanswered ?? []), { part: 'interfaces', words: 'no answer' }],
    };
  }
}
