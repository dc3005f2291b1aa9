import type { SnmpReading, SourceResult } from '../../../domain/model/reading';
import { deviceModules } from '../devices/modules';
import { askMany } from '../client/ask-many';
import { decodeHealth, decodeRoles, messagesToAsk } from './decode-reading';
import { formatWait } from '../../base/network-errors';
import { SnmpFailure } from '../client/failure';
import type { EdgeAddresses } from './interface-plan';
import { healthBases, planHealth, witnessBases, type HealthPlan } from './plan';
import { emptyRolePlan, planRoles, type RolePlan } from './role-plan';
import { sharedPlan, sharedRolePlan } from './shared-plan';
import type { SnmpSession } from '../client/session';
import { decodeTicksMs, isUnder, type Varbind } from '../codec/varbind';
import { Walk } from '../client/walk';
import { planWitnesses } from './witness-plan';

const sysUpTime = '1.3.6.1.2.1.1.3.0';
const ifNumber = '1.3.6.1.2.1.2.1.0';
/** Max. time between walks: an agent may offer new objects without a restart. */
const relearnMs = 15 * 60_000;
/** Re-walk interval while the agent has just started: net-snmp lacks its CPU load for the first minute. */
const youngAgentMs = 120_000;
/** Re-walk interval while a known role source is missing; its sub-agent may still be starting. */
const missingWitnessMs = 20_000;
/** Deadline of a walk in the background. */
const walkDeadlineMs = 10_000;
/** Min. time between walks, for objects that come and go. */
const minBetweenWalksMs = 60_000;
/** Two answers may overtake each other by this much uptime. */
const overtakingMs = 2_000;
/** TimeTicks wrap after 497 days; falling from near the end is not a restart. */
const wrapMs = 2 ** 32 * 10;

type Result = SourceResult<SnmpReading>;

/** One agent: walks it once to learn what it offers, then asks for exactly that until it changes. */
export class EdgeAgent {
  private plan: HealthPlan | null = null;
  private roles: RolePlan | null = null;
  /** A walk that a deadline interrupted, to be resumed. */
  private interrupted: Walk | null = null;
  private learnedAtMs = 0;
  private learnAgainAtMs = 0;
  private mostWitnesses = 0;
  private learning = false;
  /** The last role poll reported no role. */
  private roleMissing = false;
  private uptimeMs: number | null = null;
  private interfaceCount: unknown = null;

  constructor(
    private readonly session: SnmpSession,
    private readonly where: string,
    private readonly addresses: EdgeAddresses,
  ) {}

  /** Reads everything. `deadlineAt`: milliseconds of `performance.now()`. Rejects with an SnmpFailure. */
  async readHealth(deadlineAt: number): Promise<Result> {
    if (!this.plan) await this.learn(deadlineAt);
    const { plan } = this;
    if (!plan || plan.oids.length === 0) {
      throw new SnmpFailure('bad-answer', `${this.where} offers nothing that can be read`);
    }
    const get = (oids: readonly string[]) => this.session.get(oids, deadlineAt);
    const askedAt = performance.now();
    const { values, missing, refused } = await askMany(get, plan.oids);
    const latencyMs = performance.now() - askedAt;
    for (const row of plan.learned) values.set(row.oid, row);
    const messages = messagesToAsk(plan, values);
    if (messages.length > 0) {
      const texts = await askMany(get, messages).catch(() => null);
      for (const [oid, row] of texts?.values ?? []) values.set(oid, row);
    }
    const reading = decodeHealth(plan, values);
    if (refused.length > 0) plan.oids = plan.oids.filter((oid) => !refused.includes(oid));
    const moved = this.interfacesMoved(values) || this.restarted(reading.agentUptimeMs);
    if (moved || (missing && this.mayWalkAgain()) || askedAt > this.learnAgainAtMs) this.relearn();
    return { outcome: 'answered', latencyMs, value: reading };
  }

  /**
   * Reads the role objects and sysUpTime only, with the LB interface's ingress where no witness reports a role or `withIngress`
   * requests it. Rejects with an SnmpFailure.
   */
  async readRole(deadlineAt: number, withIngress = false): Promise<Result> {
    if (!this.roles) await this.learnRoles(deadlineAt);
    const plan = this.roles ?? emptyRolePlan;
    const ingress = withIngress || this.roleMissing || plan.witnesses.length === 0 ? plan.ingress : null;
    const asked = ingress?.oids ?? plan.oids;
    const askedAt = performance.now();
    const { values, missing } = await askMany((oids) => this.session.get(oids, deadlineAt), asked);
    const latencyMs = performance.now() - askedAt;
    for (const row of plan.learned) values.set(row.oid, row);
    const uptime = values.get(sysUpTime);
    const uptimeMs = uptime ? decodeTicksMs(uptime).value : null;
    const reading = decodeRoles(plan.witnesses, values, uptimeMs, ingress);
    this.roleMissing = reading.roles.every(({ role }) => role === 'unknown');
    if (this.restarted(uptimeMs) || (missing && this.mayWalkAgain())) this.relearn();
    return { outcome: 'answered', latencyMs, value: reading };
  }

  /** The agent's SNMPv3 engine, once it has answered. */
  engine(): ReturnType<SnmpSession['engine']> {
    return this.session.engine();
  }

  close(): void {
    this.session.end();
  }

  private mayWalkAgain(): boolean {
    return performance.now() - this.learnedAtMs > minBetweenWalksMs;
  }

  /** Walks in the background while polls use the current plan: a slow walk makes no edge look silent. */
  private relearn(): void {
    if (this.learning) return;
    this.learning = true;
    const failed = (): void => {
      this.learnAgainAtMs = performance.now() + minBetweenWalksMs;
    };
    void this.learn(performance.now() + walkDeadlineMs)
      .catch(failed)
      .finally(() => {
        this.learning = false;
      });
  }

  private async learn(deadlineAt: number): Promise<void> {
    const startedAt = performance.now();
    await this.session.get([sysUpTime], deadlineAt);
    const walk = this.interrupted ?? new Walk(healthBases(deviceModules));
    this.interrupted = null;
    try {
      await this.run(walk, deadlineAt);
    } catch (error) {
      if (error instanceof SnmpFailure && error.code === 'timeout' && walk.rows.size > 0) {
        this.interrupted = walk;
        const within = formatWait(performance.now() - startedAt);
        const words = `the first walk of ${this.where} did not finish within ${within}; it continues at the next poll`;
        throw new SnmpFailure('timeout', words);
      }
      throw error;
    }
    this.learnAgainAtMs = performance.now() + minBetweenWalksMs;
    if (walk.rows.size === 0) return;
    this.plan = sharedPlan(planHealth(deviceModules, walk.rows, this.addresses));
    const uptime = walk.rows.get(sysUpTime);
    const uptimeMs = uptime ? decodeTicksMs(uptime).value : null;
    const young = uptimeMs !== null && uptimeMs < youngAgentMs;
    const missingWitness = this.plan.witnesses.length < this.mostWitnesses;
    this.mostWitnesses = Math.max(this.mostWitnesses, this.plan.witnesses.length);
    this.learnedAtMs = performance.now();
    this.learnAgainAtMs =
      this.learnedAtMs + (missingWitness ? missingWitnessMs : young ? youngAgentMs : relearnMs);
    this.interfaceCount = walk.rows.get(ifNumber)?.value ?? null;
    this.roles = sharedRolePlan(planRoles(this.plan.witnesses, walk.rows, this.plan));
  }

  private async learnRoles(deadlineAt: number): Promise<void> {
    await this.session.get([sysUpTime], deadlineAt);
    const walk = new Walk(witnessBases(deviceModules));
    await this.run(walk, deadlineAt);
    const found = [...walk.rows.keys()];
    const witnesses = planWitnesses(deviceModules, (base) => found.filter((oid) => isUnder(oid, base)));
    this.roles = planRoles(witnesses, walk.rows, this.plan);
  }

  private run(walk: Walk, deadlineAt: number): Promise<void> {
    return walk.run(
      (oids, repetitions) => this.session.getBulk(oids, repetitions, deadlineAt),
      (oids) => this.session.getNext(oids, deadlineAt),
    );
  }

  private interfacesMoved(values: ReadonlyMap<string, Varbind>): boolean {
    const now = values.get(ifNumber)?.value ?? null;
    return now !== null && this.interfaceCount !== null && now !== this.interfaceCount;
  }

  /** Whether sysUpTime fell by more than answers can overtake each other: the agent was restarted. */
  private restarted(uptimeMs: number | null): boolean {
    const before = this.uptimeMs;
    if (uptimeMs !== null) this.uptimeMs = uptimeMs;
    if (uptimeMs === null || before === null || uptimeMs >= before - overtakingMs) return false;
    return before < wrapMs - relearnMs * 2;
  }
}
