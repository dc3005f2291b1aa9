import type { Edge } from '../../../../domain/inventory/inventory';
import type {
  HttpReading,
  InterfaceReading,
  Reading,
  SnmpReading,
  SourceResult,
} from '../../../../domain/model/reading';
import type { LbRole, RoleWitness } from '../../../../domain/model/role';
import type { RandomSource } from '../../../../demo/random/seed';
import { lbLinked, proxyServing } from '../../../../demo/faults/conditions';
import { advbase, type DemoCluster } from '../../../../demo/fleet/demo-cluster';
import type { DemoEdge } from '../../../../demo/fleet/demo-edge';
import type { DemoFleet } from '../../../../demo/fleet/demo-fleet';
import type { EdgeSource } from '../../../../monitor/poll/edge-source';
import { AgentFaults, cachedMs, type AgentFaultKind } from '../field/agent-faults';
import type { Habits, Teller } from './habits';
import type { VirtualClock } from './virtual-clock';

/** A question is put so many times within its deadline, as Heron's own sessions do. */
const tries = 3;
/** A full reading is about so many questions, one after another. */
const healthQuestions = 2;

interface Known {
  cluster: DemoCluster;
  edge: DemoEdge;
  words: Map<Teller, { takenMs: number; boots: number; role: LbRole }>;
  counters: { takenMs: number; boots: number; interfaces: InterfaceReading[] } | null;
}

/** Reads a demo fleet in virtual time, as its agents would be read over the network that `habits` describe. */
export class SimulatedSource implements EdgeSource {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly fleet: DemoFleet,
    private readonly clock: VirtualClock,
    private readonly habits: Habits,
    private readonly random: RandomSource,
    private readonly agents: AgentFaults = new AgentFaults(),
    private readonly onReading: (edgeName: string, reading: Reading) => void = () => undefined,
  ) {
    for (const cluster of fleet.clusters) {
      for (const edge of cluster.edges) {
        this.known.set(edge.plan.name, { cluster, edge, words: new Map(), counters: null });
      }
    }
  }

  readHealth(edge: Edge, deadlineMs: number): Promise<Reading> {
    return this.read(edge, 'health', deadlineMs);
  }

  readRole(edge: Edge, deadlineMs: number): Promise<Reading> {
    return this.read(edge, 'role', deadlineMs);
  }

  forget(): void {
    // Nothing is kept for an edge that the fleet does not keep itself.
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async read({ id, name }: Edge, kind: Reading['kind'], deadlineMs: number): Promise<Reading> {
    const known = this.known.get(name);
    if (!known) throw new Error(`The fleet has no edge ${name}`);
    const startedAtMs = this.clock.nowMs();
    const startedMonotonicMs = this.clock.monotonicMs();
    const [snmp, http] = await Promise.all([
      this.readSnmp(known, kind, deadlineMs),
      kind === 'health' && this.habits.page ? this.readPage(known, deadlineMs) : notAsked,
    ]);
    const reading: Reading = {
      edgeId: id,
      kind,
      startedAtMs,
      finishedAtMs: this.clock.nowMs(),
      startedMonotonicMs,
      finishedMonotonicMs: this.clock.monotonicMs(),
      snmp,
      http,
      tcp: notAsked,
    };
    this.onReading(name, reading);
    return reading;
  }

  private hasFault(kind: AgentFaultKind, { cluster, edge }: Known): boolean {
    return this.agents.has(kind, cluster.plan.name, edge.plan.name, this.clock.nowMs());
  }

  private async readSnmp(
    known: Known,
    kind: Reading['kind'],
    deadlineMs: number,
  ): Promise<SourceResult<SnmpReading>> {
    const fromMs = this.clock.monotonicMs();
    let value: SnmpReading | null = null;
    for (let question = kind === 'health' ? healthQuestions : 1; question > 0; question--) {
      value = await this.ask(known, kind, fromMs + deadlineMs);
      if (value === null) break;
    }
    const latencyMs = this.clock.monotonicMs() - fromMs;
    if (value) return { outcome: 'answered', latencyMs, value };
    return { outcome: 'unreachable', latencyMs, code: 'timeout', words: `no answer within ${deadlineMs} ms` };
  }

  /** Puts one question, again when no answer comes, until the deadline. */
  private ask(known: Known, kind: Reading['kind'], deadlineAtMs: number): Promise<SnmpReading | null> {
    const everyMs = (deadlineAtMs - this.clock.monotonicMs()) / tries;
    return new Promise((resolve) => {
      this.clock.after(deadlineAtMs - this.clock.monotonicMs(), () => resolve(null));
      for (let tried = 0; tried < tries; tried++) {
        if (this.isLost(known)) continue;
        const farMs = this.hasFault('far', known) ? 150 : 0;
        const slowMs = this.hasFault('slow', known) ? 400 + 300 * this.random() : 0;
        const arrivesMs = tried * everyMs + this.between(this.habits.latencyMs) + farMs;
        this.clock.after(arrivesMs + this.between(this.habits.answerMs) + slowMs, () => {
          const hangs = this.hasFault('hang', known) || this.hasFault('agent-restart', known);
          const answer = hangs ? null : this.answer(known, kind);
          if (answer && !this.isLost(known)) {
            this.clock.after(this.between(this.habits.latencyMs), () => resolve(answer));
          }
        });
      }
    });
  }

  private async readPage(known: Known, deadlineMs: number): Promise<SourceResult<HttpReading>> {
    const { cluster, edge } = known;
    const fromMs = this.clock.monotonicMs();
    await this.clock.wait(this.between(this.habits.latencyMs));
    this.fleet.advanceCluster(cluster, this.clock.nowMs());
    const { powered, linksUp } = edge.conditions;
    const cut = this.hasFault('cut', known);
    if (proxyServing(edge.conditions) && !cut) {
      await this.clock.wait(this.between(this.habits.latencyMs));
      const value = { status: 200, bodyBytes: 100, bodyAsExpected: true, roles: [] };
      return { outcome: 'answered', latencyMs: this.clock.monotonicMs() - fromMs, value };
    }
    const refused = powered && linksUp && !cut;
    if (!refused) await this.clock.wait(fromMs + deadlineMs - this.clock.monotonicMs());
    const latencyMs = this.clock.monotonicMs() - fromMs;
    const code = refused ? 'refused' : 'timeout';
    return { outcome: 'unreachable', latencyMs, code, words: `the page: ${code}` };
  }

  private answer(known: Known, kind: Reading['kind']): SnmpReading | null {
    const { cluster, edge } = known;
    const nowMs = this.clock.nowMs();
    this.fleet.advanceCluster(cluster, nowMs);
    if (!edge.conditions.powered || !edge.conditions.managementUp) return null;
    const roleOnly = kind === 'role';
    const roles = this.habits.tellers.map((teller) => this.word(known, teller, nowMs));
    const counted = !roleOnly || roles.length === 0;
    const interfaces = counted ? this.interfaces(known, nowMs) : [];
    const reading: SnmpReading = {
      roleOnly,
      reportedName: roleOnly ? null : edge.plan.name,
      description: roleOnly ? null : 'simulated',
      caConnectivity: roleOnly ? null : 3,
      loggingConnectivity: roleOnly ? null : 4,
      cpuPercent: roleOnly ? null : edge.cpuPercent(nowMs),
      swapPercent: roleOnly ? null : edge.swapPercent(nowMs),
      systemUptimeMs: roleOnly ? null : edge.systemUptimeMs(nowMs),
      agentUptimeMs: edge.agentUptimeMs(nowMs),
      tcpEstablished: roleOnly ? null : edge.tcpEstablished(nowMs),
      watched: [],
      interfaces: roleOnly ? interfaces.filter(({ index }) => index === 3) : interfaces,
      interfaceUse: counted
        ? { management: 1, proxy: 2, loadBalancer: 3 }
        : { management: null, proxy: null, loadBalancer: null },
      roles,
    };
    return this.agents.alter(reading, cluster.plan.name, edge.plan.name, nowMs);
  }

  private word(known: Known, teller: Teller, nowMs: number): RoleWitness {
    let kept = known.words.get(teller);
    const { boots } = known.edge;
    if (!kept || nowMs - kept.takenMs >= this.cacheMs(known, teller) || kept.boots !== boots) {
      kept = { takenMs: nowMs, boots, role: known.edge.roleNow() ?? 'unknown' };
      known.words.set(teller, kept);
    }
    return {
      witness: teller.witness,
      role: kept.role,
      vhid: known.cluster.plan.vhid,
      advbase: teller.tellsSkew ? advbase : null,
      advskew: teller.tellsSkew ? known.edge.plan.advskew : null,
      confidence: 1,
      maxAgeMs: this.cacheMs(known, teller),
      said: kept.role.toUpperCase(),
    };
  }

  private cacheMs(known: Known, teller: Teller): number {
    return this.hasFault('cached', known) ? Math.max(cachedMs, teller.cacheMs) : teller.cacheMs;
  }

  private interfaces(known: Known, nowMs: number): InterfaceReading[] {
    const { edge } = known;
    const kept = known.counters;
    if (kept && nowMs - kept.takenMs < this.habits.counterCacheMs && kept.boots === edge.boots) {
      return kept.interfaces;
    }
    const { linksUp, lbAdminUp } = edge.conditions;
    const lbLinkUp = lbLinked(edge.conditions);
    const { management, proxy, loadBalancer } = edge.counters;
    const interfaces = [
      { counters: management, adminUp: true, operUp: true },
      { counters: proxy, adminUp: true, operUp: linksUp },
      { counters: loadBalancer, adminUp: lbAdminUp, operUp: lbLinkUp && lbAdminUp },
    ].map(({ counters, adminUp, operUp }, at): InterfaceReading => ({
      index: at + 1,
      name: `vmx${at}`,
      adminUp,
      operUp,
      inOctets: BigInt(Math.floor(counters.inOctets)),
      outOctets: BigInt(Math.floor(counters.outOctets)),
      counterBits: 64,
    }));
    known.counters = { takenMs: nowMs, boots: edge.boots, interfaces };
    return interfaces;
  }

  private isLost(known: Known): boolean {
    if (this.hasFault('cut', known)) return true;
    const loss = this.hasFault('lossy', known) ? 0.3 : this.habits.loss;
    return this.random() < loss;
  }

  private between([least, most]: readonly [number, number]): number {
    return least + (most - least) * this.random();
  }
}

const notAsked = { outcome: 'not-asked' } as const;
