import { randomInt } from 'node:crypto';
import { formatWait } from '../../base/network-errors';
import { pduType } from '../codec/pdu';
import { encodeQuestion, questionOf, type Question } from '../codec/question';
import type { UsmUser } from '../codec/usm-keys';
import { usmStatsOid } from '../codec/usm-stats';
import type { Varbind } from '../codec/varbind';
import { maxEngineBoots, type EngineClock } from './engine-clock';
import {
  bootsExhausted,
  damaged,
  notFitting,
  refusal,
  refused,
  reportFailure,
  restarted,
  silence,
  SnmpFailure,
  systemFailure,
  unanswered,
  wrongCommunity,
  wrongPrivacy,
  type RequestTarget,
} from './failure';
import { exchange, type Answered, type Outcome, type RequestOwner } from './pending-request';
import { RefusalEvidence } from './refusal-evidence';
import type { SnmpSecurity } from './resolve-security';
import { RoundTrip } from './round-trip';
import {
  communityRequest,
  discoveryRequest,
  engineRequest,
  getNextOperation,
  getOperation,
  knownEngine,
  type KnownEngine,
  type Operation,
} from './sent-request';
import type { Peer, SharedSocket, SharedSockets } from './shared-sockets';

/** Resynchronisations with the agent's engine within one request. */
const maxResynchronisations = 2;

/** Max. requests of one agent that still wait for a late answer. */
const maxGivenUp = 4;

/** Message IDs are 31 bits. The upper half is counted up, the lower half is drawn at random. */
const idRange = 2 ** 30;
let lastId = randomInt(idRange);

/**
 * A lasting SNMP session with one agent: v2c, or v3 with the user-based security model. Requests reject with an SnmpFailure
 * and with nothing else. They settle at `deadlineAt` (milliseconds of `performance.now()`), or when an agent that is known to be
 * slower had the time it needs for an answer.
 */
export class SnmpSession implements RequestOwner {
  readonly roundTrip = new RoundTrip();
  private reserved: SharedSocket | null = null;
  private known: KnownEngine | null = null;
  /** The clock of the last engine that sent an authentic response. */
  private provenClock: EngineClock | null = null;
  private readonly evidence = new RefusalEvidence();
  private givenUp: { abandon(): void }[] = [];
  private source: Peer | null = null;
  private lastAnswerAt = -Infinity;
  private ended = false;

  constructor(
    readonly peer: Peer,
    /** Address and port, for display. */
    private readonly where: string,
    private readonly security: SnmpSecurity,
    private readonly sockets: SharedSockets,
  ) {}

  /**
   * The values of exactly these objects; rows the agent lacks come as noSuchObject or noSuchInstance. A damaged or short answer has
   * fewer of them. `since`: when the wait began that a failure tells the duration of.
   */
  get(oids: readonly string[], deadlineAt: number, since?: number): Promise<Varbind[]> {
    return this.request(questionOf(oids), getOperation, deadlineAt, since);
  }

  /** GETNEXT: per object the one that follows it, for agents that fail at GETBULK. A damaged answer has fewer of them. */
  getNext(oids: readonly string[], deadlineAt: number): Promise<Varbind[]> {
    return this.request(encodeQuestion(oids), getNextOperation, deadlineAt);
  }

  /** GETBULK: per object up to `repetitions` that follow it. */
  async getBulk(oids: readonly string[], repetitions: number, deadlineAt: number): Promise<Varbind[][]> {
    const operation = { type: pduType.getBulk, second: 0, third: repetitions };
    const varbinds = await this.request(encodeQuestion(oids), operation, deadlineAt);
    return oids.map((_, column) => varbinds.filter((__, at) => at % oids.length === column));
  }

  /** The SNMPv3 engine that sent authentic responses, with its clock; null before the first. */
  engine(): EngineClock | null {
    return this.provenClock;
  }

  /** Where the latest answer came from, if not from where it was asked. */
  get answersFrom(): Peer | null {
    return this.source;
  }

  /** Ends the session for good; requests under way end with a failure. */
  end(): void {
    this.ended = true;
    this.reserved?.closePending(this);
    this.reserved?.release();
    this.reserved = null;
  }

  /** The socket to send from now; null once the session has ended. */
  socket(): SharedSocket | null {
    if (this.ended) return null;
    if (!this.reserved || this.reserved.broken) this.reserved = this.sockets.reserve(this.peer);
    return this.reserved;
  }

  onSource(from: Peer | null): void {
    this.source = from;
    this.lastAnswerAt = performance.now();
  }

  onGivenUp(request: { abandon(): void }): void {
    this.givenUp.push(request);
    if (this.givenUp.length > maxGivenUp) this.givenUp.shift()?.abandon();
  }

  /** What comes too late for its poll still tells that the agent is there, and its engine. */
  onLate(answer: Answered): void {
    const { security } = this;
    if (answer.kind === 'response') this.evidence.answered();
    const isDiscovery = answer.kind === 'report' && answer.counter === usmStatsOid.unknownEngine;
    if (!isDiscovery || security.kind !== 'v3' || this.known || answer.engineId.length === 0) return;
    this.known = knownEngine(security.user, answer.engineId, answer.boots, answer.time);
  }

  private get target(): RequestTarget {
    const { where, security } = this;
    return security.kind === 'v2c'
      ? { where, level: 'v2c', userName: null }
      : { where, level: security.user.level, userName: security.user.name };
  }

  private async request(
    question: Question,
    operation: Operation,
    deadlineAt: number,
    startedAt = performance.now(),
  ): Promise<Varbind[]> {
    for (let resyncs = 0; ; resyncs += 1) {
      const { security } = this;
      let engine: KnownEngine | null = null;
      let outcome: Outcome;
      if (security.kind === 'v2c') {
        const { community } = security;
        const make = () => communityRequest(this.unpredictableId(), community, question, operation);
        outcome = await exchange(this, make, deadlineAt);
      } else {
        const known = this.known ?? (await this.discover(security.user, deadlineAt));
        engine = known;
        const isSigned = known.security.flags !== 0;
        const make = () =>
          engineRequest(isSigned ? countedId() : this.unpredictableId(), known, question, operation);
        outcome = await exchange(this, make, deadlineAt);
      }
      if (outcome.kind === 'response' && isTimely(outcome, engine)) {
        this.provenClock = engine?.clock ?? null;
        this.evidence.answered();
        return this.varbindsOf(outcome, question);
      }
      const failure = this.failureOf(outcome, engine, performance.now() - startedAt);
      const again = failure.next === 'resynchronise' && resyncs < maxResynchronisations;
      if (this.ended || !again || performance.now() >= deadlineAt) throw failure;
    }
  }

  /** Learns the agent's engine from its report to an empty request. */
  private async discover(user: UsmUser, deadlineAt: number): Promise<KnownEngine> {
    const startedAt = performance.now();
    const outcome = await exchange(this, () => discoveryRequest(this.unpredictableId()), deadlineAt);
    this.evidence.discovery(outcome.kind === 'report');
    if (outcome.kind !== 'report') throw this.failureOf(outcome, null, performance.now() - startedAt);
    const { engineId, boots, time } = outcome;
    if (engineId.length === 0) throw notFitting(this.target);
    // Another request may have discovered the engine meanwhile.
    if (!this.known?.clock.engineId.equals(engineId)) {
      this.known = knownEngine(user, engineId, boots, time);
    }
    return this.known;
  }

  private varbindsOf({ pdu }: Extract<Outcome, { kind: 'response' }>, question: Question): Varbind[] {
    const { errorStatus, errorIndex, varbinds } = pdu;
    if (errorStatus === 0) return varbinds;
    if (errorStatus < 0) throw notFitting(this.target);
    const oid = varbinds[errorIndex - 1]?.oid ?? question.oids[errorIndex - 1] ?? null;
    throw refusal(oid, errorStatus, this.target);
  }

  /** Why a request failed, having forgotten the engine where the next request must discover it again. */
  private failureOf(outcome: Outcome, engine: KnownEngine | null, waitedMs: number): SnmpFailure {
    switch (outcome.kind) {
      case 'report':
        // The agent proves its clock: the request is repeated with it (RFC 3414 section 3.2 step 7).
        if (outcome.counter === usmStatsOid.notInTimeWindow && outcome.authentic) {
          const wasExhausted = engine?.clock.boots === maxEngineBoots;
          engine?.clock.set(outcome.boots, outcome.time);
          if (wasExhausted && outcome.boots === maxEngineBoots) return bootsExhausted(this.target);
        } else this.forget(engine);
        return reportFailure(outcome.counter, this.target);
      case 'response':
        this.forget(engine);
        return restarted(this.target);
      case 'unreadable':
        this.forget(engine);
        return notFitting(this.target);
      case 'silent':
        // An engine that answered other requests meanwhile is still the one that is known.
        if (
          (outcome.forged > 0 || outcome.probed === 'agent-answers') &&
          this.lastAnswerAt <= performance.now() - waitedMs
        )
          this.forget(engine);
        return this.whySilent(outcome, engine, waitedMs);
      case 'not-sent':
        return systemFailure(outcome.error, this.where);
      case 'closed':
        return new SnmpFailure('failed', `${this.where} is not asked any more`);
    }
  }

  private whySilent(
    { probed, noise, forged, strays, sendings }: Extract<Outcome, { kind: 'silent' }>,
    engine: KnownEngine | null,
    waitedMs: number,
  ): SnmpFailure {
    const { where, security, target, evidence } = this;
    if (probed !== null) evidence.discovery(probed === 'agent-answers');
    // What a discovery lacks says nothing about the credentials.
    if (security.kind === 'v2c' || engine) evidence.unanswered(sendings);
    if (probed === 'refused') return refused(where);
    if (forged > 0) return damaged(target);
    if (noise > 0) {
      const words = `${where} sends packets that are not SNMP, and no answer came within ${formatWait(waitedMs)}`;
      return new SnmpFailure('bad-answer', words);
    }
    if (evidence.isConclusive) {
      if (security.kind === 'v2c') return wrongCommunity(target);
      // An agent that cannot decrypt a request drops it without a report (net-snmp does), after all other checks passed.
      if (engine && security.user.level === 'authPriv') return wrongPrivacy(target);
    }
    const answeredLate = this.lastAnswerAt > performance.now() - waitedMs;
    if (probed !== 'agent-answers' && strays === 0 && !answeredLate) return silence(target, waitedMs);
    return unanswered(target, { waitedMs, strays, isProven: evidence.isProven });
  }

  private forget(engine: KnownEngine | null): void {
    if (this.known === engine) this.known = null;
  }

  /** Answers that are not signed are recognised by an ID that others cannot guess. */
  private unpredictableId(): number {
    for (;;) {
      const id = randomInt(1, idRange);
      if (!this.reserved?.expects(id)) return id;
    }
  }
}

function countedId(): number {
  lastId = (lastId + 1) % idRange;
  return idRange + lastId;
}

/** Whether a response is of now. Without authentication its time means nothing (RFC 3414 section 3.2 step 7). */
function isTimely(
  { boots, time }: Extract<Outcome, { kind: 'response' }>,
  engine: KnownEngine | null,
): boolean {
  return !engine || engine.security.flags === 0 || engine.clock.follow(boots, time);
}
