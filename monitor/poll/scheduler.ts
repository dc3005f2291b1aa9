import type { Reading } from '../../domain/model/reading';
import type { Clock } from '../base/clock';
import { DueQueue } from './priority-queue';

/** What is to be polled, and how. An edge without an LB to ask has no role polls. */
export interface PollTarget {
  edgeId: string;
  hasRolePoll: boolean;
}

export interface SchedulerOptions {
  clock: Clock;
  healthIntervalMs: number;
  roleIntervalMs: number;
  /** Uniform in [0, 1): spreads the polls and jitters the back-off. */
  random: () => number;
  /** Polls; answers whether the edge answered. Never rejects. */
  poll: (edgeId: string, kind: Reading['kind']) => Promise<boolean>;
}

interface Slot extends PollTarget {
  healthDueMs: number;
  roleDueMs: number;
  inFlight: boolean;
  hastened: Reading['kind'] | null;
  failures: number;
  rounds: number;
  /** The queue may hold outdated entries of a slot: only the one with this due time counts. */
  queuedMs: number | null;
}

/** Polls that are due so soon after one another are begun together, some too early: it spares a timer for each. */
const togetherMs = 8;
const failuresBeforeBackOff = 3;
const longestBackOffMs = 5_000;
/**
 * Everything is read once soon after the start, but not in one burst: a first poll walks its agent, which costs as much as
 * twenty polls. Thousands of edges take longer than an interval for it, and answer at once when it is their turn.
 */
const firstRoundMsPerEdge = 4;
/** First polls under way at a time: were there more, they would hold each other up until none ends in time. */
const mostFirstPolls = 128;

/**
 * Decides when which edge is polled: health and role polls on their own intervals, spread evenly, never two of one edge at
 * once, at once when hastened, and role polls of silent edges backed off with jitter. One timer serves all edges, so one
 * that does not answer never delays another.
 */
export class Scheduler {
  readonly #slots = new Map<string, Slot>();
  readonly #queue = new DueQueue<Slot>();
  readonly #options: SchedulerOptions;
  /** Slots whose first poll is due and must wait until another one's has ended. */
  readonly #heldBack: Slot[] = [];
  #firstPolls = 0;
  #cancelTimer: (() => void) | null = null;
  #timerDueMs = Infinity;
  #stopped = false;
  #lagMs = 0;

  constructor(targets: readonly PollTarget[], options: SchedulerOptions) {
    this.#options = options;
    this.retarget(targets);
  }

  /**
   * Polls these from now on. Those it already has keep their turns, unless they are among the `changed`; new ones are read
   * at once, the others are let go.
   */
  retarget(targets: readonly PollTarget[], changed: ReadonlySet<string> = new Set()): void {
    const kept = new Map(this.#slots);
    this.#slots.clear();
    const begun: PollTarget[] = [];
    for (const target of targets) {
      const slot = changed.has(target.edgeId) ? undefined : kept.get(target.edgeId);
      if (slot && slot.hasRolePoll === target.hasRolePoll) this.#slots.set(target.edgeId, slot);
      else begun.push(target);
    }
    const nowMs = this.#options.clock.monotonicMs();
    const firstRoundMs = begun.length * firstRoundMsPerEdge;
    begun.forEach((target, index) => {
      const phase = index / Math.max(1, begun.length);
      const slot: Slot = {
        ...target,
        healthDueMs: nowMs + phase * firstRoundMs,
        roleDueMs: target.hasRolePoll
          ? nowMs + firstRoundMs + phase * this.#options.roleIntervalMs
          : Infinity,
        inFlight: false,
        hastened: null,
        failures: 0,
        rounds: 0,
        queuedMs: null,
      };
      this.#slots.set(target.edgeId, slot);
      this.#enqueue(slot);
    });
    this.#arm();
  }

  /** How late the latest polls started, milliseconds (decaying maximum). */
  get lagMs(): number {
    return this.#lagMs;
  }

  /** Polls an edge as soon as it has no poll under way. `health` outranks `role`, which an edge without an LB has not. */
  hasten(edgeId: string, kind: Reading['kind']): void {
    const slot = this.#slots.get(edgeId);
    if (!slot || this.#stopped || (kind === 'role' && !slot.hasRolePoll)) return;
    if (slot.inFlight) {
      slot.hastened = slot.hastened === 'health' ? 'health' : kind;
      return;
    }
    if (kind === 'health') slot.healthDueMs = this.#options.clock.monotonicMs();
    else slot.roleDueMs = this.#options.clock.monotonicMs();
    this.#enqueue(slot);
    this.#arm();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #isGone(slot: Slot): boolean {
    return this.#slots.get(slot.edgeId) !== slot;
  }

  #enqueue(slot: Slot): void {
    slot.queuedMs = Math.min(slot.healthDueMs, slot.roleDueMs);
    this.#queue.push(slot.queuedMs, slot);
  }

  #arm(): void {
    const dueMs = this.#queue.nextDueMs();
    if (this.#stopped || dueMs === null || dueMs >= this.#timerDueMs) return;
    this.#cancelTimer?.();
    this.#timerDueMs = dueMs;
    const delayMs = Math.max(0, dueMs - this.#options.clock.monotonicMs());
    this.#cancelTimer = this.#options.clock.after(delayMs, () => {
      this.#timerDueMs = Infinity;
      this.#runDue();
      this.#arm();
    });
  }

  #runDue(): void {
    const nowMs = this.#options.clock.monotonicMs();
    const horizonMs = nowMs + togetherMs;
    this.#lagMs *= 0.95;
    for (;;) {
      const dueMs = this.#queue.nextDueMs();
      const slot = this.#queue.takeDue(horizonMs);
      if (!slot) break;
      if (slot.inFlight || slot.queuedMs !== dueMs || this.#isGone(slot)) continue;
      if (slot.rounds === 0) {
        slot.queuedMs = null;
        this.#heldBack.push(slot);
        continue;
      }
      this.#lagMs = Math.max(this.#lagMs, nowMs - (dueMs ?? nowMs));
      void this.#run(slot, slot.healthDueMs <= horizonMs ? 'health' : 'role', nowMs);
    }
    this.#runFirst(nowMs);
  }

  #runFirst(nowMs: number): void {
    while (this.#firstPolls < mostFirstPolls) {
      const slot = this.#heldBack.shift();
      if (!slot) return;
      if (slot.rounds > 0 || slot.inFlight || this.#isGone(slot)) continue;
      this.#firstPolls += 1;
      slot.healthDueMs = nowMs;
      void this.#run(slot, 'health', nowMs).finally(() => {
        this.#firstPolls -= 1;
        if (!this.#stopped) this.#runFirst(this.#options.clock.monotonicMs());
      });
    }
  }

  async #run(slot: Slot, kind: Reading['kind'], nowMs: number): Promise<void> {
    slot.inFlight = true;
    slot.queuedMs = null;
    const { healthIntervalMs } = this.#options;
    if (kind === 'health') {
      // A short first round would keep its bunching: the second is spread out.
      const spread = slot.rounds === 0 ? 0.5 + 0.5 * this.#options.random() : 1;
      slot.rounds += 1;
      slot.healthDueMs = Math.max(nowMs, slot.healthDueMs + healthIntervalMs * spread);
    }
    let answered = false;
    try {
      answered = await this.#options.poll(slot.edgeId, kind);
    } finally {
      // A fault in one poll is told by its rejection; the edge is polled on all the same.
      this.#ended(slot, answered, nowMs);
    }
  }

  #ended(slot: Slot, answered: boolean, startedMs: number): void {
    if (this.#stopped || this.#isGone(slot)) return;
    slot.inFlight = false;
    slot.failures = answered ? 0 : slot.failures + 1;
    const endedMs = this.#options.clock.monotonicMs();
    if (slot.hasRolePoll) slot.roleDueMs = this.#nextRoleMs(slot, startedMs, endedMs);
    if (slot.hastened === 'health') slot.healthDueMs = endedMs;
    else if (slot.hastened === 'role') slot.roleDueMs = endedMs;
    slot.hastened = null;
    this.#enqueue(slot);
    this.#arm();
  }

  /** A poll that was not answered is repeated at once: silence should be known soon. Known silence is asked less often. */
  #nextRoleMs(slot: Slot, startedMs: number, endedMs: number): number {
    if (slot.failures > 0 && slot.failures < failuresBeforeBackOff) return endedMs;
    return Math.max(endedMs, startedMs + this.#options.roleIntervalMs) + this.#backOffMs(slot);
  }

  #backOffMs(slot: Slot): number {
    const beyond = slot.failures - failuresBeforeBackOff;
    if (beyond < 0) return 0;
    const backOffMs = Math.min(longestBackOffMs, this.#options.roleIntervalMs * 2 ** Math.min(beyond, 10));
    return backOffMs * (0.8 + 0.4 * this.#options.random());
  }
}
