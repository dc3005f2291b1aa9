import { isAbsent, type Varbind } from '../codec/varbind';
import { DoubtfulObjects } from './doubtful-objects';
import { SnmpFailure } from './failure';
import { RequestSize } from './request-size';
import type { RoundTrip } from './round-trip';

/** Max. packets of one read, however often an agent makes it split its requests. */
const maxPackets = 128;
/** A request that is not answered is split into so many, requested side by side. */
const maxParts = 8;
/** Time-outs of a request before it is split: one packet may have been lost. */
const timeoutsPerAttempt = 3;
const unmeasuredTimeoutMs = 250;

/** What an object reader needs of a session. */
export interface ObjectRequests {
  get(oids: readonly string[], deadlineAt: number, since?: number): Promise<Varbind[]>;
  readonly roundTrip: Pick<RoundTrip, 'timeoutMs'>;
}

/** The result of a read. */
export interface ReadObjects {
  values: Map<string, Varbind>;
  /** The agent lacks an object, or no longer has it. */
  missing: boolean;
  /** Objects that were not answered although the agent answers, and why. */
  unanswered: Map<string, string>;
  /** The slowest of the answers, milliseconds. */
  latencyMs: number;
}

/** One read under way. */
class Round implements ReadObjects {
  readonly values = new Map<string, Varbind>();
  readonly unanswered = new Map<string, string>();
  readonly startedAt = performance.now();
  missing = false;
  latencyMs = 0;
  packets = 0;
  refusal: SnmpFailure | null = null;
  ping: Promise<void> | null = null;

  constructor(readonly deadlineAt: number) {}
}

/**
 * Reads objects of one agent although it may answer only some of them: requests that are not answered while the agent is there are
 * split until what is answered is found. Objects that hang or are refused are left out afterwards and retried now and then; a size
 * that gets through is remembered.
 */
export class ObjectReader {
  private readonly size = new RequestSize();
  private readonly doubtful = new DoubtfulObjects();
  private confirming = false;

  constructor(
    private readonly requests: ObjectRequests,
    /** An object that any agent answers, to tell a silent agent from a silent object. */
    private readonly pingOid: string,
  ) {}

  /**
   * Requests exactly these objects. Of an answer only requested objects count, and the first of duplicates. Rejects with an
   * SnmpFailure when the agent answers nothing at all, or refuses access.
   */
  async read(oids: readonly string[], deadlineAt: number): Promise<ReadObjects> {
    const round = new Round(deadlineAt);
    const { usual, alone } = this.doubtful.sort(oids, round.unanswered);
    this.retry(oids);
    const size = this.size.current(round.startedAt);
    // The usual case: the same list as before, whose encoding is cached.
    if (alone.length === 0 && usual.length <= size) await this.ask(usual, round);
    else await this.askSeparately(inChunks(usual, size), alone, round);
    if (round.values.size === 0 && round.refusal) throw round.refusal;
    return round;
  }

  private async askSeparately(
    chunks: readonly (readonly string[])[],
    alone: readonly string[],
    round: Round,
  ): Promise<void> {
    const separate = Promise.allSettled(alone.map((oid) => this.ask([oid], round)));
    await Promise.all(chunks.map((chunk) => this.ask(chunk, round)));
    await separate;
  }

  /** Whether all of these were answered. */
  private async ask(chunk: readonly string[], round: Round): Promise<boolean> {
    if (chunk.length === 0) return true;
    round.packets += 1;
    const sentAt = performance.now();
    try {
      const answer = await this.requests.get(chunk, this.attemptEnd(chunk, round, sentAt), round.startedAt);
      round.ping ??= answered;
      round.latencyMs = Math.max(round.latencyMs, performance.now() - sentAt);
      const rest = this.add(chunk, answer, round);
      if (rest.length > 0) return await this.askRest(chunk, rest, round);
      this.size.fits(chunk.length, sentAt);
      return true;
    } catch (error) {
      if (!(error instanceof SnmpFailure)) throw error;
      if (error.next === 'ask-less') return this.askLess(chunk, error, round);
      const isOnlyPing = chunk.length === 1 && chunk[0] === this.pingOid;
      if (!mayBeOneObject(error) || isOnlyPing) throw error;
      await this.checkAlive(round);
      return this.split(chunk, round);
    }
  }

  /** An attempt leaves time for a second one with less. */
  private attemptEnd(chunk: readonly string[], round: Round, nowMs: number): number {
    if (chunk.length === 1 && chunk[0] === this.pingOid) return round.deadlineAt;
    const timeoutMs = this.requests.roundTrip.timeoutMs ?? unmeasuredTimeoutMs;
    const leftMs = round.deadlineAt - nowMs;
    return Math.min(
      round.deadlineAt,
      nowMs + Math.max(timeoutMs, Math.min(timeoutsPerAttempt * timeoutMs, leftMs / 2)),
    );
  }

  /** Rejects when the agent answers nothing; asks it once per round. */
  private checkAlive(round: Round): Promise<void> {
    round.ping ??= this.requests.get([this.pingOid], round.deadlineAt, round.startedAt).then((answer) => {
      this.add([this.pingOid], answer, round);
    });
    return round.ping;
  }

  private async split(chunk: readonly string[], round: Round): Promise<boolean> {
    const nowMs = performance.now();
    const [only] = chunk;
    if (chunk.length === 1 && only !== undefined) {
      const words = 'the agent answers no request for it';
      this.doubtful.strike(only, words, nowMs);
      if (!round.values.has(only)) round.unanswered.set(only, words);
      return false;
    }
    const timeoutMs = this.requests.roundTrip.timeoutMs ?? unmeasuredTimeoutMs;
    if (nowMs + timeoutMs > round.deadlineAt || round.packets >= maxPackets) {
      const words = 'the agent did not answer the request that it was part of';
      for (const oid of chunk) {
        if (round.values.has(oid)) continue;
        this.doubtful.suspect(oid, words);
        round.unanswered.set(oid, words);
      }
      return false;
    }
    const partSize = Math.ceil(chunk.length / maxParts);
    const answered = await Promise.all(inChunks(chunk, partSize).map((part) => this.ask(part, round)));
    const isTooLarge = answered.every(Boolean);
    if (isTooLarge) this.confirmTooLarge(chunk, partSize);
    return isTooLarge;
  }

  /**
   * Repeats a request that was not answered although all its parts were, beside the read: its packets may have been lost by chance,
   * and smaller requests would only be more packets to lose.
   */
  private confirmTooLarge(chunk: readonly string[], partSize: number): void {
    if (this.confirming) return;
    this.confirming = true;
    const sentAt = performance.now();
    const timeoutMs = this.requests.roundTrip.timeoutMs ?? unmeasuredTimeoutMs;
    this.requests
      .get(chunk, sentAt + timeoutsPerAttempt * timeoutMs)
      .then(
        () => this.size.fits(chunk.length, sentAt),
        (error: unknown) => {
          if (error instanceof SnmpFailure && mayBeOneObject(error))
            this.size.tooLarge(chunk.length, partSize, false, performance.now());
        },
      )
      .finally(() => {
        this.confirming = false;
      });
  }

  /** An answer had only some of the objects that were requested. */
  private async askRest(chunk: readonly string[], rest: readonly string[], round: Round): Promise<boolean> {
    if (round.packets >= maxPackets || chunk.length === 1) {
      for (const oid of rest) {
        const words = 'the agent answers without it';
        this.doubtful.strike(oid, words, performance.now());
        round.unanswered.set(oid, words);
      }
      return false;
    }
    if (rest.length < chunk.length) return this.ask(rest, round);
    return this.askHalves(rest, round);
  }

  private async askHalves(chunk: readonly string[], round: Round): Promise<boolean> {
    const halves = inChunks(chunk, Math.ceil(chunk.length / 2));
    const answered = await Promise.all(halves.map((half) => this.ask(half, round)));
    return answered.every(Boolean);
  }

  private async askLess(chunk: readonly string[], error: SnmpFailure, round: Round): Promise<boolean> {
    const isOnlyPing = chunk.length === 1 && chunk[0] === this.pingOid;
    if (error.code === 'wrong-user') {
      // Refused access may be about some of the objects, or about all of them.
      if (isOnlyPing) throw error;
      await this.checkAlive(round);
    }
    round.ping ??= Promise.resolve();
    round.refusal = error;
    const nowMs = performance.now();
    const culprit = error.refusedOid !== null && chunk.includes(error.refusedOid) ? error.refusedOid : null;
    const refused = culprit ?? (chunk.length === 1 ? chunk[0] : undefined);
    if (refused !== undefined) {
      this.doubtful.refuse(refused, error.words, nowMs);
      round.unanswered.set(refused, error.words);
      await this.ask(
        chunk.filter((oid) => oid !== refused),
        round,
      );
      return false;
    }
    if (round.packets >= maxPackets) {
      for (const oid of chunk) round.unanswered.set(oid, error.words);
      return false;
    }
    const isAll = await this.askHalves(chunk, round);
    if (isAll) this.size.tooLarge(chunk.length, Math.ceil(chunk.length / 2), true, nowMs);
    return isAll;
  }

  /** Adds an answer; returns the objects that it lacks. */
  private add(chunk: readonly string[], answer: readonly Varbind[], round: Round): readonly string[] {
    if (isInOrder(chunk, answer)) {
      for (const varbind of answer) this.accept(varbind, round);
      return nothing;
    }
    const wanted = new Set(chunk);
    for (const varbind of answer) if (wanted.delete(varbind.oid)) this.accept(varbind, round);
    return [...wanted];
  }

  private accept(varbind: Varbind, round: Round): void {
    if (!round.values.has(varbind.oid)) round.values.set(varbind.oid, varbind);
    if (isAbsent(varbind)) round.missing = true;
    this.doubtful.answered(varbind.oid);
  }

  /** Requests one of the objects that were left out, beside the read and without delaying it. */
  private retry(oids: readonly string[]): void {
    const nowMs = performance.now();
    const oid = this.doubtful.due(oids, nowMs);
    if (oid === null) return;
    const timeoutMs = this.requests.roundTrip.timeoutMs ?? unmeasuredTimeoutMs;
    const answered = (answer: readonly Varbind[]): void => {
      if (answer.some((varbind) => varbind.oid === oid)) this.doubtful.answered(oid);
    };
    // What is not answered stays left out until its next retry.
    this.requests.get([oid], nowMs + timeoutsPerAttempt * timeoutMs).then(answered, () => undefined);
  }
}

const answered = Promise.resolve();
const nothing: readonly string[] = [];

/** Whether a failure may be due to some of the objects, and not to the agent or the credential. */
function mayBeOneObject({ code }: SnmpFailure): boolean {
  return code === 'timeout' || code === 'unanswered' || code === 'bad-answer';
}

/** The usual answer: the requested objects in order. */
function isInOrder(chunk: readonly string[], answer: readonly Varbind[]): boolean {
  if (answer.length !== chunk.length) return false;
  for (let at = 0; at < chunk.length; at += 1) if (answer[at]?.oid !== chunk[at]) return false;
  return true;
}

function inChunks(oids: readonly string[], size: number): (readonly string[])[] {
  const chunks: (readonly string[])[] = [];
  for (let at = 0; at < oids.length; at += size) chunks.push(oids.slice(at, at + size));
  return chunks;
}
