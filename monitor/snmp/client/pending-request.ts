import type { Message } from '../codec/message';
import { readAnswer, type Answer } from './answer';
import { startChecking, stopChecking, type Waiting } from './request-timer';
import type { SentRequest } from './sent-request';
import type { Peer, PendingAnswer, SharedSocket } from './shared-sockets';
import { probeSilence, type ProbeOutcome } from './silence-probe';

/** How a request ended. */
export type Outcome =
  | Exclude<Answer, { kind: 'forged' }>
  | { kind: 'silent'; probed: ProbeOutcome | null; noise: number; forged: number }
  | { kind: 'not-sent'; error: Error }
  | { kind: 'closed' };

/** How often a request is repeated while nothing answers; each repetition waits as long as the first. */
const retries = 2;
/** Silence longer than this (at most a quarter of the time there is) is probed. */
const quietMs = 500;

/** Whose request it is, and the socket that serves it now. */
export interface RequestOwner {
  readonly peer: Peer;
  /** Null once its session has ended. */
  socket(): SharedSocket | null;
}

/** Sends a request until an answer comes or `deadlineAt` (milliseconds of `performance.now()`). Never rejects. */
export function exchange(owner: RequestOwner, sent: SentRequest, deadlineAt: number): Promise<Outcome> {
  return new Promise((resolve) => new PendingRequest(owner, sent, deadlineAt, resolve).send());
}

/** One request under way: repeated, probed when it stays quiet, settled once. */
class PendingRequest implements PendingAnswer, Waiting {
  private sentOn: SharedSocket | null = null;
  private settled = false;
  private sendings = 0;
  private noise = 0;
  private forged = 0;
  private probed: ProbeOutcome | null = null;
  private endProbe: (() => void) | null = null;
  private readonly repeatMs: number;
  private repeatAt: number;
  private quietAt: number;

  constructor(
    readonly owner: RequestOwner,
    private readonly sent: SentRequest,
    private readonly deadlineAt: number,
    private readonly resolve: (outcome: Outcome) => void,
  ) {
    const nowMs = performance.now();
    const leftMs = Math.max(1, deadlineAt - nowMs);
    this.repeatMs = leftMs / (retries + 1);
    this.repeatAt = nowMs + this.repeatMs;
    this.quietAt = nowMs + Math.min(quietMs, leftMs / 4);
    startChecking(this);
  }

  get peer(): Peer {
    return this.owner.peer;
  }

  send(): void {
    const socket = this.owner.socket();
    if (socket === null) {
      this.settle({ kind: 'closed' });
      return;
    }
    if (this.sentOn !== socket) {
      this.sentOn?.forget(this.sent.id);
      this.sentOn = socket;
      socket.expect(this.sent.id, this);
    }
    this.sendings += 1;
    socket.send(this.sent.packet, this.peer, this.onSent);
  }

  onMessage(message: Message): void {
    const { id, question, security } = this.sent;
    const answer = readAnswer(message, id, question, security);
    // The true answer may still come.
    if (answer.kind === 'forged') this.forged += 1;
    else this.settle(answer);
  }

  onNoise(): void {
    this.noise += 1;
  }

  onClosed(): void {
    this.settle({ kind: 'closed' });
  }

  check(nowMs: number): void {
    if (nowMs >= this.deadlineAt) {
      this.settleAsSilent();
      return;
    }
    if (nowMs >= this.quietAt) {
      this.quietAt = Infinity;
      this.endProbe = probeSilence(this.peer, (outcome) => {
        this.probed = outcome;
        if (outcome === 'refused') this.settleAsSilent();
      });
    }
    if (nowMs >= this.repeatAt && this.sendings <= retries) {
      this.repeatAt = nowMs + this.repeatMs;
      this.send();
    }
  }

  private settleAsSilent(): void {
    const { probed, noise, forged } = this;
    this.settle({ kind: 'silent', probed, noise, forged });
  }

  private settle(outcome: Outcome): void {
    if (this.settled) return;
    this.settled = true;
    stopChecking(this);
    this.endProbe?.();
    this.sentOn?.forget(this.sent.id);
    this.resolve(outcome);
  }

  private readonly onSent = (error: Error | null): void => {
    if (error) this.settle({ kind: 'not-sent', error });
  };
}
