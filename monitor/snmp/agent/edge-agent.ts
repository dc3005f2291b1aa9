import type { SnmpReading, SourceResult, UnansweredPart } from '../../../domain/model/reading';
import { deviceModules } from '../devices/modules';
import { decodeHealth, decodeRoles, firstReading, messagesToAsk } from './decode-reading';
import { SnmpFailure } from '../client/failure';
import { verifyInterfaces } from './interface-identity';
import type { EdgeAddresses } from './interface-plan';
import { ObjectReader, type ReadObjects } from '../client/object-reader';
import { isUnanswered, runWalk, stretchedDeadline, sysUpTime } from './paced-walk';
import { healthBases, planHealth, withWitnesses, type HealthPlan } from './plan';
import type { PlannedWitness } from './planned-witness';
import { emptyRolePlan, hasMovedRows, planRoles, type RolePlan } from './role-plan';
import { isUnplanned, RoleSources } from './role-sources';
import { sharedPlan, sharedRolePlan } from './shared-plan';
import type { SnmpSession } from '../client/session';
import { nothingYet, unansweredParts, unansweredRoles } from './unanswered-parts';
import { decodeTicksMs, isAbsent, isUnder, type Varbind } from '../codec/varbind';
import { isRefusal, Walk } from '../client/walk';
import { AgentRestarts, EmptyWalks } from './walk-pace';
import { planWitnesses, witnessBases } from './witness-plan';

/** Max. time between walks: an agent may offer new objects without a restart. */
const relearnMs = 15 * 60_000;
/** Re-walk interval while the agent has just started: net-snmp lacks its CPU load for the first minute. */
const youngAgentMs = 120_000;
/** Deadline of a walk in the background; an interrupted one is resumed. */
const walkDeadlineMs = 10_000;
/** Deadline of a search for role objects in the background. */
const searchDeadlineMs = 2_000;
/** Min. time between walks, for objects that come and go, and for interfaces that move. */
const minBetweenWalksMs = 60_000;
const minBetweenMovesMs = 5_000;
/** Answers one after another that a poll needs at most, where the agent is slow. */
const healthAnswers = 3;
const roleAnswers = 2;
const walkContinues = 'the first walk of the agent is not finished; it continues at the next poll';

type Result = SourceResult<SnmpReading>;

/** One agent: walks it once to learn what it offers, then asks for exactly that until it changes. */
export class EdgeAgent {
  private readonly reader: ObjectReader;
  private plan: HealthPlan | null = null;
  private roles: RolePlan | null = null;
  /** Walks that a deadline interrupted, to be resumed. */
  private interrupted: Walk | null = null;
  private interruptedRoles: Walk | null = null;
  /** Columns that the walk of the current plan had no answer about, and what was odd about the tables. */
  private unansweredBases: readonly string[] = [];
  private remarks: readonly string[] = [];
  /** ifNumber and ifTableLastChange as walked. */
  private tableState: ReadonlyMap<string, unknown> = new Map();
  private learnedAtMs = 0;
  private learnAgainAtMs = 0;
  private relearnMovedAtMs = 0;
  private readonly sources = new RoleSources(deviceModules);
  private learning = false;
  private searching = false;
  /** The last role poll reported no role. */
  private roleMissing = false;
  private readonly emptyWalks = new EmptyWalks();
  private readonly refusedWalks = new EmptyWalks();
  private readonly restarts = new AgentRestarts();

  constructor(
    private readonly session: SnmpSession,
    private readonly where: string,
    private readonly addresses: EdgeAddresses,
  ) {
    this.reader = new ObjectReader(session, sysUpTime);
  }

  /**
   * Reads everything. `deadlineAt`: milliseconds of `performance.now()`; an agent that is known to be slow gets longer. `isExpected`:
   * other agents of its cluster report a role, so role objects that this one lacks are searched for soon. Rejects with an SnmpFailure
   * when nothing was answered.
   */
  async readHealth(deadlineAt: number, isExpected = false): Promise<Result> {
    if (!this.plan) {
      const unfinished = await this.learnFirst(stretchedDeadline(this.session, deadlineAt, healthAnswers));
      if (unfinished) return unfinished;
    }
    const { plan } = this;
    if (!plan || plan.oids.length === 0) {
      throw new SnmpFailure('bad-answer', `${this.where} offers nothing that can be read`);
    }
    const endAt = stretchedDeadline(this.session, deadlineAt, healthAnswers);
    const askedAt = performance.now();
    const { values, missing, unanswered, latencyMs } = await this.reader.read(plan.oids, endAt);
    for (const row of plan.learned) values.set(row.oid, row);
    const messages = messagesToAsk(plan, values);
    if (messages.length > 0) {
      const texts = await this.reader.read(messages, endAt).catch(() => null);
      for (const [oid, row] of texts?.values ?? []) values.set(oid, row);
    }
    const identity = verifyInterfaces(plan, values, this.tableState);
    const reading = decodeHealth(plan, values, identity);
    const hasRoles = reading.roles.length > 0;
    this.complete(reading, unanswered, unansweredParts(plan, unanswered, this.unansweredBases, hasRoles));
    const restarted = this.restarted(reading.agentUptimeMs);
    this.followRows(plan, values, reading);
    this.followRoles(plan.witnesses, values, reading, isExpected);
    if (identity.moved) this.relearnMoved();
    else if (restarted || (missing && this.mayWalkAgain()) || askedAt > this.learnAgainAtMs) this.relearn();
    return { outcome: 'answered', latencyMs, value: reading };
  }

  /**
   * Reads the role objects and sysUpTime only, with the LB interface's ingress where no witness reports a role or `withIngress`
   * requests it. `isExpected` as in `readHealth`. Rejects with an SnmpFailure when nothing was answered.
   */
  async readRole(deadlineAt: number, withIngress = false, isExpected = false): Promise<Result> {
    const endAt = stretchedDeadline(this.session, deadlineAt, roleAnswers);
    if (!this.roles) {
      const unfinished = await this.learnRoles(endAt);
      if (unfinished) return unfinished;
    }
    const plan = this.roles ?? emptyRolePlan;
    const ingress = withIngress || this.roleMissing || plan.witnesses.length === 0 ? plan.ingress : null;
    const asked = ingress?.oids ?? plan.oids;
    const read = await this.reader.read(asked, endAt);
    const { values, unanswered, latencyMs } = read;
    for (const row of plan.learned) values.set(row.oid, row);
    const uptimeMs = uptimeOf(values);
    const moved = ingress?.planned ? this.isMoved(ingress.planned, read) : false;
    if (moved) this.relearnMoved();
    if (this.restarted(uptimeMs)) this.relearn();
    const reading = decodeRoles(plan.witnesses, values, uptimeMs, ingress, moved);
    if (hasMovedRows(plan, values)) this.discardRoles(reading);
    const isComplete = reading.roles.length > 0;
    const parts = isComplete ? nothing : unansweredRoles(plan.witnesses, unanswered, this.unansweredBases);
    this.complete(reading, unanswered, parts);
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

  /** Adds to a reading what was not answered, and what was odd about the answers. */
  private complete(
    reading: SnmpReading,
    unanswered: ReadonlyMap<string, string>,
    parts: readonly UnansweredPart[],
  ): void {
    const { answersFrom } = this.session;
    if (parts.length > 0) reading.unanswered = parts;
    const isPlain = answersFrom === null && unanswered.size === 0 && !this.restarts.isDoubtful;
    if (isPlain && (reading.roleOnly || this.remarks.length === 0)) return;
    const remarks = [
      ...(answersFrom
        ? [`answers come from ${answersFrom.address} port ${answersFrom.port}, not from ${this.where}`]
        : []),
      ...(reading.roleOnly ? [] : this.remarks),
      ...(this.restarts.isDoubtful ? ['its uptime falls again and again: it shows no restart'] : []),
      ...[...unanswered].slice(0, maxRemarks).map(([oid, words]) => `${oid}: ${words}`),
    ];
    if (remarks.length > 0)
      reading.unreadable = [...(reading.unreadable ?? []), ...remarks].slice(0, maxRemarks);
  }

  private isMoved(planned: HealthPlan['interfaces'][number], { values }: ReadObjects): boolean {
    const one = { interfaces: [planned], interfaceUse: noUse, addresses: [] };
    return verifyInterfaces(one, values, new Map()).doubtful.size > 0;
  }

  private mayWalkAgain(): boolean {
    return performance.now() - this.learnedAtMs > minBetweenWalksMs;
  }

  /** Walks at once after interfaces moved; less often where they keep moving. */
  private relearnMoved(): void {
    const nowMs = performance.now();
    if (nowMs < this.relearnMovedAtMs) return;
    this.relearnMovedAtMs = nowMs + minBetweenMovesMs;
    this.relearn();
  }

  /** Walks in the background while polls use the current plan: a slow walk makes no edge look silent. */
  private relearn(): void {
    if (this.learning) return;
    this.learning = true;
    const failed = (error: unknown): void => {
      // An interrupted walk is resumed after the next poll.
      this.learnAgainAtMs = performance.now() + (isUnanswered(error) ? 0 : minBetweenWalksMs);
    };
    const deadlineAt = performance.now() + walkDeadlineMs;
    void this.session
      .get([sysUpTime], deadlineAt)
      .then(() => this.learn(deadlineAt))
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
        return isNew ? this.learnRoles(deadlineAt) : null;
      })
      // A walk finds out which object an agent refuses; after any other failure the next search is due in a moment.
      .catch((error: unknown) => (isRefusal(error) ? this.learnRefusedRoles(deadlineAt) : null))
      .catch(() => undefined)
      .finally(() => {
        this.searching = false;
      });
  }

  private async learnRefusedRoles(deadlineAt: number): Promise<void> {
    if (!this.refusedWalks.isDue(performance.now())) return;
    await this.learnRoles(deadlineAt);
    this.refusedWalks.found((this.roles?.witnesses.length ?? 0) > 0, performance.now());
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

  /** Leaves out roles that are those of other groups, and finds out in the background which rows are about which group now. */
  private discardRoles(reading: SnmpReading): void {
    reading.roles = [];
    if (this.searching) return;
    this.searching = true;
    void this.learnRoles(performance.now() + searchDeadlineMs)
      .catch(() => undefined)
      .finally(() => {
        this.searching = false;
      });
  }

  /** Lets role polls use the rows of a health poll that differ from the walk's. */
  private followRows(plan: HealthPlan, values: ReadonlyMap<string, Varbind>, reading: SnmpReading): void {
    if (this.roles && hasMovedRows(this.roles, values)) return this.discardRoles(reading);
    const changed = this.roles?.learned.some(({ oid, value }) => {
      const now = values.get(oid);
      // Most are the very rows of the walk.
      if (now === undefined || now.value === value) return false;
      return !isAbsent(now) && String(now.value) !== String(value);
    });
    if (!changed) return;
    this.roles = sharedRolePlan(planRoles(plan.witnesses, values, plan));
    if (this.mayWalkAgain()) this.relearn();
  }

  /** The first walk; until it is finished, a reading of an agent that answers. */
  private async learnFirst(deadlineAt: number): Promise<Result | null> {
    const startedAt = performance.now();
    const [uptime] = await this.session.get([sysUpTime], deadlineAt);
    const latencyMs = performance.now() - startedAt;
    if (!this.emptyWalks.isDue(startedAt)) return null;
    try {
      await this.learn(stretchedDeadline(this.session, deadlineAt, healthAnswers));
      return null;
    } catch (error) {
      if (!isUnanswered(error)) throw error;
    }
    const plan = this.roles;
    const known = plan && (await this.reader.read(plan.oids, deadlineAt).catch(() => null));
    for (const row of known ? plan.learned : []) known?.values.set(row.oid, row);
    const roles = known ? decodeRoles(plan.witnesses, known.values, null).roles : [];
    const reading = firstReading(uptime ? decodeTicksMs(uptime).value : null, roles);
    this.complete(reading, new Map(), nothingYet(walkContinues, roles.length > 0));
    return { outcome: 'answered', latencyMs, value: reading };
  }

  private async learn(deadlineAt: number): Promise<void> {
    const walk = this.interrupted ?? new Walk(healthBases(deviceModules));
    this.interrupted = walk;
    await runWalk(this.session, walk, deadlineAt);
    this.interrupted = null;
    this.learnAgainAtMs = performance.now() + minBetweenWalksMs;
    this.emptyWalks.found(walk.rows.size > 0, performance.now());
    if (walk.rows.size === 0) return;
    // A sub-agent that hangs during a later walk takes nothing from what is known.
    const isWorse = this.plan !== null && walk.unanswered.length > this.unansweredBases.length;
    if (isWorse && !this.hasMoved(walk)) return;
    this.sources.complete(walk.rows);
    this.adopt(walk);
  }

  private adopt(walk: Walk): void {
    this.plan = sharedPlan(planHealth(deviceModules, walk.rows, this.addresses));
    this.sources.retain(this.plan.witnesses, walk.rows);
    const uptimeMs = uptimeOf(walk.rows);
    const young = uptimeMs !== null && uptimeMs < youngAgentMs;
    this.unansweredBases = walk.unanswered;
    this.remarks = walk.remarks;
    this.learnedAtMs = performance.now();
    const isIncomplete = walk.unanswered.length > 0;
    const againMs = isIncomplete ? minBetweenWalksMs : young ? youngAgentMs : relearnMs;
    this.learnAgainAtMs = this.learnedAtMs + againMs;
    this.tableState = tableStateOf(this.plan, walk);
    this.roles = sharedRolePlan(planRoles(this.plan.witnesses, walk.rows, this.plan));
  }

  private hasMoved(walk: Walk): boolean {
    return this.plan !== null && verifyInterfaces(this.plan, walk.rows, this.tableState).moved;
  }

  /** The walk of the role objects; until it is finished, a reading of an agent that answers. */
  private async learnRoles(deadlineAt: number): Promise<Result | null> {
    const startedAt = performance.now();
    const [uptime] = await this.session.get([sysUpTime], deadlineAt);
    const latencyMs = performance.now() - startedAt;
    const walk = this.interruptedRoles ?? new Walk(witnessBases(deviceModules));
    this.interruptedRoles = walk;
    try {
      await runWalk(this.session, walk, deadlineAt);
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      const reading = decodeRoles([], new Map(), uptime ? decodeTicksMs(uptime).value : null);
      this.complete(reading, new Map(), [{ part: 'roles', words: walkContinues }]);
      return { outcome: 'answered', latencyMs, value: reading };
    }
    this.interruptedRoles = null;
    this.sources.complete(walk.rows);
    const found = [...walk.rows.keys()];
    const witnesses = planWitnesses(deviceModules, (base) => found.filter((oid) => isUnder(oid, base)));
    this.sources.retain(witnesses, walk.rows);
    if (this.plan) this.plan = sharedPlan(withWitnesses(this.plan, witnesses, walk.rows));
    const roleBases = witnessBases(deviceModules);
    const others = this.unansweredBases.filter((base) => !roleBases.includes(base));
    this.unansweredBases = [...others, ...walk.unanswered];
    this.roles = planRoles(this.plan?.witnesses ?? witnesses, walk.rows, this.plan);
    return null;
  }

  private restarted(uptimeMs: number | null): boolean {
    const isRestart = this.restarts.observe(uptimeMs, performance.now());
    if (isRestart) this.sources.restarted();
    return isRestart;
  }
}

const nothing: readonly UnansweredPart[] = [];
/** Max. remarks in one reading. */
const maxRemarks = 8;
const noUse = { management: null, proxy: null, loadBalancer: null };

function uptimeOf(values: ReadonlyMap<string, Varbind>): number | null {
  const row = values.get(sysUpTime);
  return row ? decodeTicksMs(row).value : null;
}

function tableStateOf({ tableState }: HealthPlan, { rows }: Walk): ReadonlyMap<string, unknown> {
  return new Map(tableState.map((oid) => [oid, rows.get(oid)?.value]));
}
