import snmp from 'net-snmp';
import type { RawVarbind, Session } from 'net-snmp';
import {
  formatSeconds,
  refusal,
  refused,
  silence,
  SnmpFailure,
  systemFailure,
  toFailure,
  wrongPrivacy,
  type Asked,
} from './failure';
import { DirectChannel } from './direct-channel';
import { directKeys } from '../codec/direct-keys';
import { encodeQuestion, pduType, questionOf, type Question } from '../codec/direct-request';
import { EngineClock } from './engine-clock';
import { SessionSocket } from './session-socket';
import type { AnswerLevel, Peer, SharedSockets } from './shared-sockets';
import { probeSilence, type ProbeOutcome } from './silence-probe';

/** How often a request is repeated while nothing answers; each repetition waits as long as the first. */
const retries = 2;
/** Silence longer than this (at most a quarter of the time there is) is looked into. */
const quietMs = 500;
/** Anew from discovery at most this often within one request. */
const maxResynchronisations = 2;

const asGet = { type: pduType.get, second: 0, third: 0 };

/**
 * A lasting SNMP session with one agent. Requests reject with an SnmpFailure and with nothing else, and never settle
 * later than `deadlineAt` (milliseconds of `performance.now()`).
 */
export class SnmpSession {
  private session: Session | null = null;
  private socket: SessionSocket | null = null;
  /** The agent has answered an authentic request: passwords and protocols fit. */
  private proven = false;
  private ended = false;
  private lastEngine: EngineClock | null = null;
  /** Once the engine is known: the light way to ask. */
  private direct: DirectChannel | null = null;

  constructor(
    private readonly peer: Peer,
    private readonly asked: Asked,
    private readonly sockets: SharedSockets,
  ) {}

  /** The values of exactly these objects; rows the agent lacks come as noSuchObject or noSuchInstance. */
  async get(oids: readonly string[], deadlineAt: number): Promise<RawVarbind[]> {
    const varbinds = this.direct && (await this.directly(this.direct, questionOf(oids), asGet, deadlineAt));
    if (varbinds?.length === oids.length) return varbinds;
    return this.ask(deadlineAt, (session, answer) => session.get([...oids], answer));
  }

  /** GETBULK: per object up to `repetitions` that follow it. */
  async getBulk(oids: string[], repetitions: number, deadlineAt: number): Promise<RawVarbind[][]> {
    const how = { type: pduType.getBulk, second: 0, third: repetitions };
    const varbinds = this.direct && (await this.directly(this.direct, encodeQuestion(oids), how, deadlineAt));
    if (varbinds) return oids.map((_, column) => varbinds.filter((__, at) => at % oids.length === column));
    return this.ask(deadlineAt, (session, answer) => session.getBulk(oids, 0, repetitions, answer));
  }

  /** The agent's SNMPv3 engine as authentic answers told it, its clock as it would be now; null before. */
  engine(): EngineClock | null {
    const clock = this.session?.getEngineTime();
    const engineId = this.session?.msgSecurityParameters?.msgAuthoritativeEngineID;
    if (engineId && clock) {
      this.lastEngine = new EngineClock(engineId, clock.engineBoots, clock.engineTime);
    }
    return this.lastEngine;
  }

  /** Asks the light way; null when that cannot tell, and the answer must be had the usual way. */
  private async directly(
    direct: DirectChannel,
    question: Question,
    how: { type: number; second: number; third: number },
    deadlineAt: number,
  ): Promise<RawVarbind[] | null> {
    const startedAt = performance.now();
    const outcome = await direct.ask(question, how, deadlineAt);
    switch (outcome.kind) {
      case 'answered':
        return outcome.varbinds;
      case 'error':
        throw refusal(outcome.oid, outcome.status, this.asked);
      case 'not-sent':
        throw systemFailure(outcome.error, this.asked.where);
      case 'silent':
        if (outcome.probed === 'refused') throw refused(this.asked.where);
        if (outcome.noise > 0) this.drop();
        throw this.whySilent((performance.now() - startedAt) / 1000, outcome.probed);
      case 'otherwise':
        if (this.direct === direct) this.drop();
        return null;
    }
  }

  /** Takes the light way from now on, where it goes: net-snmp's session, heavy in thousands, is not needed any more. */
  private goDirect(): void {
    const engine = this.engine();
    const keys = this.direct || !engine ? null : directKeys(this.asked.security, engine.engineId);
    if (!engine || !keys || this.session?.reqCount !== 0) return;
    this.drop();
    // One clock for both, which keeps no part of a packet alive.
    this.lastEngine = new EngineClock(keys.engineId, engine.boots, engine.time);
    this.direct = new DirectChannel(this.peer, keys, this.lastEngine, this.sockets);
  }

  /** Ends the session for good; requests under way end with a failure. */
  end(): void {
    this.ended = true;
    this.drop();
  }

  /** Forgets the agent's engine; the next request starts with discovery, and so do others that are under way. */
  private drop(): void {
    this.engine();
    const { session, direct } = this;
    this.direct = null;
    direct?.close();
    this.session = null;
    this.socket = null;
    session?.close();
  }

  private async ask<T>(
    deadlineAt: number,
    request: (session: Session, answer: (error: Error | null, value: T) => void) => void,
  ): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      if (this.ended) throw new SnmpFailure('failed', `${this.asked.where} is not asked any more`);
      const used = this.session;
      try {
        const value = await this.exchange(deadlineAt, request);
        this.proven = true;
        if (!this.ended) this.goDirect();
        return value;
      } catch (error) {
        const failure = toFailure(error, this.asked);
        if (failure.next === 'ask-less') throw failure;
        // Another request may have begun anew meanwhile: its session is not to blame.
        if (failure.code !== 'timeout' && (used === null || used === this.session)) this.drop();
        if (failure.next !== 'resynchronise' || attempt >= maxResynchronisations) throw failure;
        if (performance.now() >= deadlineAt) throw failure;
      }
    }
  }

  private exchange<T>(
    deadlineAt: number,
    request: (session: Session, answer: (error: Error | null, value: T) => void) => void,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const startedAt = performance.now();
      const leftMs = Math.max(1, deadlineAt - startedAt);
      const session = this.open();
      let timer: NodeJS.Timeout | null = null;
      let endProbe: (() => void) | null = null;
      let probed: ProbeOutcome | null = null;
      let settled = false;
      const settle = (act: () => void): void => {
        if (settled) return;
        settled = true;
        if (timer) clearTimeout(timer);
        endProbe?.();
        act();
      };
      const tooLate = (): void => {
        settle(() => reject(this.whySilent((performance.now() - startedAt) / 1000, probed)));
      };
      const quiet = (): void => {
        timer = setTimeout(tooLate, Math.max(0, deadlineAt - performance.now()));
        endProbe = probeSilence(this.peer, (outcome) => {
          probed = outcome;
          if (outcome === 'refused') settle(() => reject(refused(this.asked.where)));
        });
      };
      timer = setTimeout(quiet, Math.min(quietMs, leftMs / 4));
      // net-snmp's own timers end the request by the deadline too: nothing stays pending behind it.
      session.timeout = Math.max(1, Math.floor(leftMs / (retries + 1)));
      try {
        request(session, (error, value) => {
          if (error instanceof snmp.RequestTimedOutError) tooLate();
          else settle(() => (error ? reject(error) : resolve(value)));
        });
      } catch (error) {
        settle(() => reject(systemFailure(error, this.asked.where)));
      }
    });
  }

  private open(): Session {
    if (this.session) return this.session;
    const { security } = this.asked;
    const v3 = security.kind === 'v3';
    const level: AnswerLevel = {
      version: v3 ? 3 : 1,
      authenticated: v3 && security.level !== 'noAuthNoPriv',
      encrypted: v3 && security.level === 'authPriv',
    };
    const socket = new SessionSocket(this.peer, level, this.sockets);
    const options = {
      port: this.peer.port,
      retries,
      backwardsGetNexts: true,
      dgramModule: { createSocket: () => socket },
    };
    const session = v3
      ? snmp.createV3Session(this.peer.address, security.user, options)
      : snmp.createSession(this.peer.address, security.community, { ...options, version: snmp.Version2c });
    session.on('error', () => {
      // A packet net-snmp cannot read: the true answer may still come, so the request goes on waiting.
      socket.noise += 1;
    });
    this.session = session;
    this.socket = socket;
    return session;
  }

  private whySilent(seconds: number, probed: ProbeOutcome | null): SnmpFailure {
    const { where, security } = this.asked;
    const within = formatSeconds(seconds);
    if (this.socket && this.socket.noise > 0) {
      const words = `${where} sends packets that are not SNMP, and no answer came within ${within}`;
      this.socket.noise = 0;
      return new SnmpFailure('bad-answer', words);
    }
    if (probed !== 'agent-answers') return silence(this.asked, seconds);
    if (security.kind === 'v2c') {
      const words = `an SNMP agent is on ${where} but does not answer: wrong community, or this machine may not ask it`;
      return new SnmpFailure('wrong-password', words);
    }
    // An agent that cannot decrypt a request drops it without a word (net-snmp does), after all other checks passed.
    if (!this.proven && security.level === 'authPriv' && this.session?.msgSecurityParameters) {
      return wrongPrivacy(where, security);
    }
    const words = `the agent on ${where} is there but did not answer within ${within}: busy, or its answers get lost`;
    return new SnmpFailure('timeout', words);
  }
}
