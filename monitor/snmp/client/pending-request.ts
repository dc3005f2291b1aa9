import type { Message } from '../codec/message';
import { countsFromElsewhere, readAnswer, type Answer } from './answer';
import { startChecking, stopChecking, type Waiting } from './request-timer';
import type { RoundTrip } from './round-trip';
import type { SentRequest } from './sent-request';
import type { Peer, PendingAnswer, SharedSocket } from './shared-sockets';
import { probeSilence, type ProbeOutcome } from './silence-probe';

/** A verified answer to a request. */
export type Answered = Exclude<Answer, { kind: 'forged' }>;

/** How a request ended. */
export type Outcome =
  | Answered
  | {
      kind: 'silent';
      probed: ProbeOutcome | null;
      noise: number;
      forged: number;
      strays: number;
      sendings: number;
    }
  | { kind: 'not-sent'; error: Error }
  | { kind: 'closed' };

/** How often a request is repeated while nothing answers; each repetition waits twice as long. */
const retries = 2;
/** The first time-out while no answer was measured yet (RFC 6298), at most a third of the time there is. */
const unmeasuredTimeoutMs = 1_000;
/** Silence longer than this (at most a quarter of the time there is) is probed, unless the agent is known to be slower. */
const quietMs = 500;

/** Whose request it is, and what it shares with the owner's other requests. */
export interface RequestOwner {
  readonly peer: Peer;
  readonly roundTrip: RoundTrip;
  /** The socket to send from now; null once the session has ended. */
  socket(): SharedSocket | null;
  /** An answer from another address than the requests go to, or null: from where it should. */
  onSource(from: Peer | null): void;
  /** A request that was given up still waits for a late answer, until `abandon`. */
  onGivenUp(request: { abandon(): void }): void;
  /** A verified answer to a request that was given up. */
  onLate(answer: Answered): void;
}

interface Sending {
  request: SentRequest;
  atMs: number;
  socket: SharedSocket;
}

/**
 * Sends a request until an answer comes, or until `deadlineAt` (milliseconds of `performance.now()`) and for no less than the agent
 * needs for an answer. `make` gives each sending an ID of its own, so that an answer says which of them it answers. Never rejects.
 */
export function exchange(owner: RequestOwner, make: () => SentRequest, deadlineAt: number): Promise<Outcome> {
  return new Promise((resolve) => new PendingRequest(owner, make, deadlineAt, resolve).start());
}

/** One request under way: repeated, probed when it stays quiet, settled once. */
class PendingRequest implements PendingAnswer, Waiting {
  /** At most one and its repetitions. */
  private readonly sendings: Sending[] = [];
  private settled = false;
  private noise = 0;
  private forged = 0;
  private strays = 0;
  /** Authentic, but no response to the request: kept in case none comes. */
  private unreadable: Answered | null = null;
  private probed: ProbeOutcome | null = null;
  private endProbe: (() => void) | null = null;
  private readonly startedAt = performance.now();
  private readonly leftMs: number;
  private sentAt = 0;
  private isProbed = false;

  constructor(
    readonly owner: RequestOwner,
    private readonly make: () => SentRequest,
    private readonly deadlineAt: number,
    private readonly resolve: (outcome: Outcome) => void,
  ) {
    this.leftMs = Math.max(1, deadlineAt - this.startedAt);
  }

  get peer(): Peer {
    return this.owner.peer;
  }

  start(): void {
    startChecking(this);
    this.send();
  }

  onMessage(message: Message, from: Peer | null): void {
    const sending = this.sendings.find(({ request }) => request.id === message.id);
    if (!sending) return;
    const { request } = sending;
    const answer = readAnswer(message, request.id, request.question, request.security);
    // The true answer may still come.
    if (answer.kind === 'forged' || (from && !countsFromElsewhere(message, answer, request.security))) {
      this.forged += 1;
      return;
    }
    this.owner.roundTrip.answered(sending.atMs, performance.now());
    if (answer.kind === 'unreadable') this.unreadable = answer;
    else this.finish(answer, from);
  }

  onNoise(): void {
    this.noise += 1;
  }

  onStray(): void {
    this.strays += 1;
  }

  onClosed(): void {
    this.settle({ kind: 'closed' });
    this.abandon();
  }

  check(nowMs: number): void {
    const timeoutMs = this.timeoutMs;
    const leastAt = this.startedAt + (this.owner.roundTrip.timeoutMs ?? 0);
    if (nowMs >= Math.max(this.deadlineAt, leastAt)) {
      this.giveUp();
      return;
    }
    if (!this.isProbed && nowMs >= this.startedAt + this.quietMs) {
      this.isProbed = true;
      this.endProbe = probeSilence(this.peer, (outcome) => {
        this.probed = outcome;
        if (outcome === 'refused') this.giveUp();
      });
    }
    const repeats = this.sendings.length - 1;
    if (repeats < retries && nowMs >= this.sentAt + timeoutMs * 2 ** repeats) this.send();
  }

  /** Waits for late answers no longer. */
  abandon(): void {
    for (const { request, socket } of this.sendings) socket.forget(request.id);
  }

  /** How long a sending is waited for; measured answers of the same agent change it under way. */
  private get timeoutMs(): number {
    const { timeoutMs } = this.owner.roundTrip;
    return timeoutMs ?? Math.min(unmeasuredTimeoutMs, this.leftMs / (retries + 1));
  }

  private get quietMs(): number {
    return Math.max(Math.min(quietMs, this.leftMs / 4), this.owner.roundTrip.timeoutMs ?? 0);
  }

  private send(): void {
    const socket = this.owner.socket();
    if (socket === null) {
      this.onClosed();
      return;
    }
    const request = this.make();
    this.sentAt = performance.now();
    this.sendings.push({ request, atMs: this.sentAt, socket });
    socket.expect(request.id, this);
    socket.send(request.packet, this.peer, this.onSent);
  }

  private finish(answer: Answered, from: Peer | null): void {
    this.owner.onSource(from);
    this.abandon();
    if (this.settled) this.owner.onLate(answer);
    else this.settle(answer);
  }

  private giveUp(): void {
    const { probed, noise, forged, strays } = this;
    if (this.unreadable) {
      this.settle(this.unreadable);
      this.abandon();
      return;
    }
    this.settle({ kind: 'silent', probed, noise, forged, strays, sendings: this.sendings.length });
    this.owner.onGivenUp(this);
  }

  private settle(outcome: Outcome): void {
    if (this.settled) return;
    this.settled = true;
    stopChecking(this);
    this.endProbe?.();
    this.resolve(outcome);
  }

  private readonly onSent = (error: Error | null): void => {
    if (!error) return;
    this.settle({ kind: 'not-sent', error });
    this.abandon();
  };
}
