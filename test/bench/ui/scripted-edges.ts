import type { InterfaceReading, Reading, SnmpReading } from '../../../domain/model/reading';
import type { LbRole, RoleWitness } from '../../../domain/model/role';
import type { PollingDependencies } from '../../../monitor/start-monitor';
import type { Clock } from '../../../monitor/base/clock';

type Reader = ReturnType<PollingDependencies['readerOf']>;
type PolledEdge = Parameters<Reader['readHealth']>[0];

const minuteMs = 60_000;
/** A cluster's turn to lose its active LB comes once in so long; with 1,000 of them that is one every ten seconds. */
const cycleMs = 10_000_000;
const firstLossMs = 3 * minuteMs;
const lostMs = 30_000;
const takeOverMs = 2_500;
const hourMs = 3_600_000;
const notAsked = { outcome: 'not-asked' } as const;

interface Place {
  cluster: number;
  place: number;
}

/**
 * Answers in the place of the network, without a wait, as an edge's reading would say it: counters that rise with the hours,
 * CPU, sessions and answer times that differ from poll to poll, and every ten seconds another cluster that loses its active LB
 * for half a minute. Nothing is kept, so that it cannot grow.
 */
export class ScriptedEdges implements Reader {
  private readonly startMs: number;
  private readonly places = new Map<string, Place>();

  constructor(private readonly clock: Clock) {
    this.startMs = clock.monotonicMs();
  }

  /** Which edge is which: known by its address, as the network would know it. */
  static placeOf(edge: PolledEdge): Place {
    const [, high = 0, low = 0, host = 0] = edge.proxyIp.split('.').map(Number);
    return { cluster: high * 128 + low / 2, place: host - 11 };
  }

  readHealth(edge: PolledEdge, deadlineMs: number): Promise<Reading> {
    return this.read(edge, 'health', deadlineMs);
  }

  readRole(edge: PolledEdge, deadlineMs: number): Promise<Reading> {
    return this.read(edge, 'role', deadlineMs);
  }

  engineOf(): null {
    return null;
  }

  forget(edgeId: string): void {
    this.places.delete(edgeId);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async read(edge: PolledEdge, kind: Reading['kind'], deadlineMs: number): Promise<Reading> {
    const startedAtMs = this.clock.nowMs();
    const startedMonotonicMs = this.clock.monotonicMs();
    const known = this.places.get(edge.id) ?? ScriptedEdges.placeOf(edge);
    this.places.set(edge.id, known);
    const sinceMs = startedMonotonicMs - this.startMs;
    const role = roleAt(known, sinceMs);
    if (role === null) await new Promise<void>((resolve) => this.clock.after(deadlineMs, resolve));
    const latencyMs = role === null ? deadlineMs : 1 + ((sinceMs * 7 + known.cluster * 13) % 90) / 10;
    return {
      edgeId: edge.id,
      kind,
      startedAtMs,
      finishedAtMs: this.clock.nowMs(),
      startedMonotonicMs,
      finishedMonotonicMs: this.clock.monotonicMs(),
      snmp:
        role === null
          ? { outcome: 'unreachable', latencyMs, code: 'timeout', words: `no answer within ${deadlineMs} ms` }
          : { outcome: 'answered', latencyMs, value: answer(edge.name, known, kind, role, sinceMs) },
      http: notAsked,
      tcp: notAsked,
    };
  }
}

/** Null: it does not answer. */
function roleAt({ cluster, place }: Place, sinceMs: number): LbRole | null {
  const intoMs = (sinceMs - firstLossMs - cluster * 10_000) % cycleMs;
  const lost = intoMs >= 0 && intoMs < lostMs;
  if (place === 0) return lost ? null : 'master';
  return place === 1 && lost && intoMs > takeOverMs ? 'master' : 'backup';
}

function answer(
  name: string,
  { cluster, place }: Place,
  kind: Reading['kind'],
  role: LbRole,
  sinceMs: number,
): SnmpReading {
  const full = kind === 'health';
  const uptimeMs = 20 * 24 * hourMs + Math.floor(sinceMs / 10) * 10;
  const wave = Math.sin(sinceMs / 40_000 + cluster + 2 * place);
  return {
    roleOnly: !full,
    reportedName: full ? name : null,
    description: full ? 'scripted edge' : null,
    caConnectivity: full ? 3 : null,
    loggingConnectivity: full ? 4 : null,
    cpuPercent: full ? Math.round(35 + 20 * wave + (sinceMs % 5)) : null,
    swapPercent: full ? 0 : null,
    systemUptimeMs: full ? uptimeMs : null,
    agentUptimeMs: uptimeMs,
    tcpEstablished: full ? Math.round(900 + 300 * wave + (sinceMs % 40)) : null,
    watched: [],
    interfaces: full ? interfacesAt(cluster, place, role, sinceMs) : [],
    interfaceUse: full
      ? { management: 1, proxy: 2, loadBalancer: 3 }
      : { management: null, proxy: null, loadBalancer: null },
    roles: [witness(role, place)],
  };
}

/** Octets: the integral of a rate that swings, so that no two seconds are alike. */
function interfacesAt(cluster: number, place: number, role: LbRole, sinceMs: number): InterfaceReading[] {
  const phase = cluster + 3 * place;
  const swung = sinceMs / 1000 + 18 * (1 - Math.cos(sinceMs / 30_000 + phase));
  const busy = role === 'master' ? 1 : 0.02;
  return [2_000, 9_000_000 + 150_000 * place, 10_000_000 * busy].map((octetsPerSecond, at) => ({
    index: at + 1,
    name: `vmx${at}`,
    adminUp: true,
    operUp: true,
    inOctets: BigInt(Math.floor(octetsPerSecond * swung)),
    outOctets: BigInt(Math.floor(0.9 * octetsPerSecond * swung)),
    counterBits: 64,
  }));
}

function witness(role: LbRole, place: number): RoleWitness {
  const advskew = place * 20;
  return {
    witness: 'carp-extend',
    role,
    vhid: 10,
    advbase: 1,
    advskew,
    confidence: 1,
    maxAgeMs: 0,
    said: `carp: ${role.toUpperCase()} vhid 10 advbase 1 advskew ${advskew}`,
  };
}
