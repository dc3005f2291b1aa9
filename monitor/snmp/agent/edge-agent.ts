import type { SnmpReading, SourceResult } from '../../../domain/model/reading';
import { deviceModules } from '../devices/modules';
import { askMany } from '../client/ask-many';
import { decodeHealth, decodeRoles, messagesToAsk } from './decode-reading';
import { formatWait } from '../../base/network-errors';
import { SnmpFailure } from '../client/failure';
import type { EdgeAddresses } from './interface-plan';
import { healthBases, planHealth, withWitnesses, type HealthPlan } from './plan';
import type { PlannedWitness } from './planned-witness';
import { emptyRolePlan, planRoles, type RolePlan } from './role-plan';
import { isUnplanned, RoleSources } from './role-sources';
import { sharedPlan, sharedRolePlan } from './shared-plan';
import type { SnmpSession } from '../client/session';
import { decodeTicksMs, isAbsent, isUnder, type Varbind } from '../codec/varbind';
import { isRefusal, Walk } from '../client/walk';
import { planWitnesses, witnessBases } from './witness-plan';

const sysUpTime = '1.3.6.1.2.1.1.3.0';
const ifNumber = '1.3.6.1.2.1.2.1.0';
/** Max. time between walks: an agent may offer new objects without a restart. */
const relearnMs = 15 * 60_000;
/** Re-walk interval while the agent has just started: net-snmp lacks its CPU load for the first minute. */
const youngAgentMs = 120_000;
/** Deadline of a walk in the background. */
const walkDeadlineMs = 10_000;
/** Deadline of a search for role objects in the background. */
const searchDeadlineMs = 2_000;
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
  private readonly sources = new RoleSources(deviceModules);
  private learning = false;
  private searching = false;
  /** The last role poll reported no role. */
  private roleMissing = false;
  private uptimeMs: number | null = null;
  private interfaceCount: unknown = null;

  constructor(
    private readonly session: SnmpSession,
    private readonly where: string,
    private readonly addresses: EdgeAddresses,
  ) {}

  /**
   * Reads everything. `deadlineAt`: milliseconds of `performance.now()`. `isExpected`: other agents of its cluster report a role, so
   * role objects that this one lacks are searched for soon. Rejects with an SnmpFailure.
   */
  async readHealth(deadlineAt: number, isExpected = false): Promise<Result> {
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
    const restarted = this.restarted(reading.agentUptimeMs);
    this.followRows(plan, values);
    this.followRoles(plan.witnesses, values, reading, isExpected);
    if (refused.length > 0) plan.oids = plan.oids.filter((oid) => !refused.includes(oid));
    const moved = this.interfacesMoved(values) || restarted;
    if (moved || (missing && this.mayWalkAgain()) || askedAt > this.learnAgainAtMs) this.relearn();
    return { outcome: 'answered', latencyMs, value: reading };
  }

  /**
   * Reads the role objects and sysUpTime only, with the LB interface's ingress where no witness reports a role or `withIngress`
   * requests it. `isExpected` as in `readHealth`. Rejects with an SnmpFailure.
   */
  async readRole(deadlineAt: number, withIngress = false, isExpected = false): Promise<Result> {
    if (!this.roles) await this.learnRoles(deadlineAt);
    const plan = this.roles ?? emptyRolePlan;
    const ingress = withIngress || this.roleMissing || plan.witnesses.length === 0 ? plan.ingress : null;
    const asked = ingress?.oids ?? plan.oids;
    const askedAt = performance.now();
    const { values } = await askMany((oids) => this.session.get(oids, deadlineAt), asked);
    const latencyMs = performance.now() - askedAt;
    for (const row of plan.learned) values.set(row.oid, row);
    const uptime = values.get(sysUpTime);
    const uptimeMs = uptime ? decodeTicksMs(uptime).value : null;
    if (this.restarted(uptimeMs)) this.relearn();
    const reading = decodeRoles(plan.witnesses, values, uptimeMs, ingress);
    this.followRoles(plan.witnesses, values, reading, isExpected);
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

  /** Searches in the background for role objects that are not polled, and polls them from then on. */
  private search(planned: readonly PlannedWitness[]): void {
    const places = this.sources.searched(planned, this.roleMissing);
    if (this.searching || this.learning || places.length === 0) return;
    this.searching = true;
    const deadlineAt = performance.now() + searchDeadlineMs;
    const after = places.map((place) => place.after);
    void this.session
      .getNext(after, deadlineAt)
      .then((rows) => {
        const isNew = rows.some((row, at) => isUnplanned(row, places[at]?.base ?? '', planned));
        return isNew ? this.learnRoles(deadlineAt) : undefined;
      })
      // A walk finds out which object an agent refuses; after any other failure the next search is due in a moment.
      .catch((error: unknown) => (isRefusal(error) ? this.learnRoles(deadlineAt) : undefined))
      .catch(() => undefined)
      .finally(() => {
        this.searching = false;
      });
  }

  /** Notes which witnesses report and which are lost, and searches for others when it is time to. */
  private followRoles(
    planned: readonly PlannedWitness[],
    values: ReadonlyMap<string, Varbind>,
    reading: SnmpReading,
    isExpected: boolean,
  ): void {
    const lost = this.sources.lostIn(planned, values, reading.roles);
    if (lost) reading.lostWitnesses = lost;
    this.roleMissing = reading.roles.every(({ role }) => role === 'unknown');
    if (this.sources.isSearchDue(performance.now(), this.roleMissing, isExpected)) this.search(planned);
  }

  /** Lets role polls use the rows of a health poll that differ from the walk's. */
  private followRows(plan: HealthPlan, values: ReadonlyMap<string, Varbind>): void {
    const changed = this.roles?.learned.some(({ oid, value }) => {
      const now = values.get(oid);
      return now !== undefined && !isAbsent(now) && String(now.value) !== String(value);
    });
    if (!changed) return;
    this.roles = sharedRolePlan(planRoles(plan.witnesses, values, plan));
    if (this.mayWalkAgain()) this.relearn();
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
    this.sources.complete(walk.rows);
    this.plan = sharedPlan(planHealth(deviceModules, walk.rows, this.addresses));
    this.sources.retain(this.plan.witnesses, walk.rows);
    const uptime = walk.rows.get(sysUpTime);
    const uptimeMs = uptime ? decodeTicksMs(uptime).value : null;
    const young = uptimeMs !== null && uptimeMs < youngAgentMs;
    this.learnedAtMs = performance.now();
    this.learnAgainAtMs = this.learnedAtMs + (young ? youngAgentMs : relearnMs);
    this.interfaceCount = walk.rows.get(ifNumber)?.value ?? null;
    this.roles = sharedRolePlan(planRoles(this.plan.witnesses, walk.rows, this.plan));
  }

  private async learnRoles(deadlineAt: number): Promise<void> {
    await this.session.get([sysUpTime], deadlineAt);
    const walk = new Walk(witnessBases(deviceModules));
    await this.run(walk, deadlineAt);
    this.sources.complete(walk.rows);
    const found = [...walk.rows.keys()];
    const witnesses = planWitnesses(deviceModules, (base) => found.filter((oid) => isUnder(oid, base)));
    this.sources.retain(witnesses, walk.rows);
    if (this.plan) this.plan = sharedPlan(withWitnesses(this.plan, witnesses, walk.rows));
    this.roles = planRoles(this.plan?.witnesses ?? witnesses, walk.rows, this.plan);
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
    const isRestart = before < wrapMs - relearnMs * 2;
    if (isRestart) this.sources.restarted();
    return isRestart;
  }
}
