import { randomInt } from 'node:crypto';
import type { RawVarbind } from 'net-snmp';
import { readAnswer } from '../codec/direct-answer';
import type { DirectKeys } from '../codec/direct-keys';
import { buildRequest, type Question, type RequestHead } from '../codec/direct-request';
import type { EngineClock } from './engine-clock';
import { reportPdu, type PacketHead } from '../codec/packet-head';
import type { Peer, SharedSocket, SharedSockets, Waiting } from './shared-sockets';
import { probeSilence, type ProbeOutcome } from './silence-probe';
import { allWatched, endWatching, watch, type Watched } from './waiting-requests';

/** How a direct request ended. `otherwise`: only net-snmp's way can tell what the agent means. */
export type DirectOutcome =
  | { kind: 'answered'; varbinds: RawVarbind[] }
  | { kind: 'error'; status: number; oid: string | null }
  | { kind: 'silent'; probed: ProbeOutcome | null; noise: number }
  | { kind: 'not-sent'; error: Error }
  | { kind: 'otherwise' };

/** How often a request is repeated while nothing answers; each repetition waits as long as the first. */
const retries = 2;
/** Silence longer than this (at most a quarter of the time there is) is looked into. */
const quietMs = 500;
const latestTime = 2 ** 31 - 1;

const firstId = 2 ** 30;
let nextId = randomInt(firstId);

const otherwise: DirectOutcome = { kind: 'otherwise' };

/**
 * GET and GETBULK of one agent whose engine is known, as SNMPv3 authPriv with AES, without a session's weight: thousands of
 * edges are polled this way. Everything unusual is left to net-snmp: this way only knows how things go well.
 */
export class DirectChannel {
  private shared: SharedSocket | null = null;

  constructor(
    readonly peer: Peer,
    readonly keys: DirectKeys,
    private readonly engine: EngineClock,
    private readonly sockets: SharedSockets,
  ) {}

  /** Asks until there is an answer or `deadlineAt` (milliseconds of `performance.now()`). Never rejects. */
  ask(
    question: Question,
    how: Pick<RequestHead, 'type' | 'second' | 'third'>,
    deadlineAt: number,
  ): Promise<DirectOutcome> {
    return new Promise((resolve) => {
      const nowMs = performance.now();
      const { boots, time } = this.engine;
      if (time > latestTime) {
        resolve(otherwise);
        return;
      }
      nextId = (nextId + 1) % firstId;
      const id = firstId + nextId;
      const packet = buildRequest(question, { id, ...how, boots, time }, this.keys);
      const request = new DirectRequest(this, id, question, packet, { nowMs, deadlineAt }, resolve);
      request.send(this.socket());
    });
  }

  /** Ends everything under way as `otherwise` and gives the place on the socket back. */
  close(): void {
    for (const one of allWatched()) if (one instanceof DirectRequest && one.isOf(this)) one.settle(otherwise);
    this.shared?.release();
    this.shared = null;
  }

  /** Whether an authentic answer is of now (RFC 3414 section 3.2, 7b). */
  accept(boots: number, time: number): boolean {
    return this.engine.accept(boots, time);
  }

  /** The socket to send from now. */
  socket(): SharedSocket {
    if (!this.shared || this.shared.broken) this.shared = this.sockets.reserve(this.peer);
    return this.shared;
  }
}

/** One request under way: repeated, looked into when it stays quiet, ended once. */
class DirectRequest implements Waiting, Watched {
  readonly peer: Peer;
  private sentOn: SharedSocket | null = null;
  private settled = false;
  private noise = 0;
  private sent = 0;
  private probed: ProbeOutcome | null = null;
  private endProbe: (() => void) | null = null;
  private readonly repeatMs: number;
  private readonly deadlineAt: number;
  private repeatAt: number;
  private quietAt: number;

  constructor(
    private readonly channel: DirectChannel,
    private readonly id: number,
    private readonly question: Question,
    private readonly packet: Buffer,
    times: { nowMs: number; deadlineAt: number },
    private readonly resolve: (outcome: DirectOutcome) => void,
  ) {
    const leftMs = Math.max(1, times.deadlineAt - times.nowMs);
    this.peer = channel.peer;
    this.deadlineAt = times.deadlineAt;
    this.repeatMs = leftMs / (retries + 1);
    this.repeatAt = times.nowMs + this.repeatMs;
    this.quietAt = times.nowMs + Math.min(quietMs, leftMs / 4);
    watch(this);
  }

  isOf(channel: DirectChannel): boolean {
    return this.channel === channel;
  }

  send(socket: SharedSocket): void {
    if (this.sentOn !== socket) {
      this.sentOn?.forget(this.id);
      this.sentOn = socket;
      socket.expect(this.id, this);
    }
    this.sent += 1;
    socket.send(this.packet, this.peer, this.onSent);
  }

  take(packet: Buffer, head: PacketHead): void {
    if (head.pdu === reportPdu) {
      this.settle(otherwise);
      return;
    }
    const answer =
      head.authenticated && head.encrypted
        ? readAnswer(packet, this.id, this.question, this.channel.keys)
        : 'forged';
    if (answer === 'forged') {
      this.noise += 1;
    } else if (answer === 'unreadable' || !this.channel.accept(answer.boots, answer.time)) {
      this.settle(otherwise);
    } else if (answer.errorStatus > 0) {
      const oid = answer.varbinds[answer.errorIndex - 1]?.oid ?? null;
      this.settle({ kind: 'error', status: answer.errorStatus, oid });
    } else {
      this.settle({ kind: 'answered', varbinds: answer.varbinds });
    }
  }

  /** Called every few milliseconds while it waits. */
  look(nowMs: number): void {
    if (nowMs >= this.deadlineAt) {
      this.settle({ kind: 'silent', probed: this.probed, noise: this.noise });
      return;
    }
    if (nowMs >= this.quietAt) {
      this.quietAt = Infinity;
      this.endProbe = probeSilence(this.peer, (outcome) => {
        this.probed = outcome;
        if (outcome === 'refused') this.settle({ kind: 'silent', probed: outcome, noise: this.noise });
      });
    }
    if (nowMs >= this.repeatAt && this.sent <= retries) {
      this.repeatAt = nowMs + this.repeatMs;
      this.send(this.channel.socket());
    }
  }

  settle(outcome: DirectOutcome): void {
    if (this.settled) return;
    this.settled = true;
    endWatching(this);
    this.endProbe?.();
    this.sentOn?.forget(this.id);
    this.resolve(outcome);
  }

  private readonly onSent = (error: Error | null): void => {
    if (error) this.settle({ kind: 'not-sent', error });
  };
}
