import TinyQueue from 'tinyqueue';
import type { Reading } from '../../domain/model/reading';
import type { PollRoundResult } from '../../domain/model/poll-round';
import type { Clock } from '../base/clock';
import { PollRounds } from './poll-round';

/** An edge to poll. One without an LB role to read has no role polls. */
export interface PollTarget {
  edgeId: string;
  hasRolePoll: boolean;
  /** Intervals of its own, in place of the scheduler's. */
  healthIntervalMs?: number;
  roleIntervalMs?: number;
}

export interface SchedulerOptions {
  clock: Clock;
  healthIntervalMs: number;
  roleIntervalMs: number;
  /** Uniform in [0, 1): jitters the backoff. */
  random: () => number;
  /** Polls an edge; resolves to whether it answered. */
  poll: (edgeId: string, kind: Reading['kind']) => Promise<boolean>;
}

interface Slot extends PollTarget {
  healthDueMs: number;
  roleDueMs: number;
  inFlight: boolean;
  hastened: Reading['kind'] | null;
  failures: number;
  rounds: number;
  /** In [0, 1), evenly spread over the edges: its part of an interval, so that edges first read together are not polled together. */
  phase: number;
  /** The queue may hold outdated entries of a slot: only the one with this due time counts. */
  queuedMs: number | null;
}

/** Monotonic milliseconds. */
interface QueueEntry {
  dueMs: number;
  slot: Slot;
}

/**
 * Polls due within this time of each other start together: being woken costs more than a poll. Watching 84 edges took 7.1 % of a
 * core with 8 ms and 5.5 % with 50 ms (2026-12-01).
 */
const togetherMs = 50;
/** More polls do not start early: their answers would come in one burst, for which a socket has no room. */
const maxTogether = 32;
const failuresBeforeBackoff = 3;
const longestBackoffMs = 5_000;
/**
 * Every edge is read soon after the start, but not in one burst: a first poll walks the agent, which costs about ten polls. At this
 * pace thousands of edges keep a processor busy; where it is slower, `maxFirstPolls` holds the others back.
 */
const firstRoundMsPerEdge = 1;
/** Its multiples, less their whole parts, are spread evenly however many they are. */
const goldenRatio = (Math.sqrt(5) - 1) / 2;
/** Max. concurrent first polls: more would delay each other until all time out. */
const maxFirstPolls = 128;

/**
 * Decides when each edge is polled: health and role polls have their own intervals, spread evenly, never two of one edge at once;
 * hastened polls start at once; role polls of silent edges back off with jitter. One timer serves all edges, so an edge that does not
 * answer never delays another.
 */
export class Scheduler {
  readonly #slots = new Map<string, Slot>();
  readonly #queue = new TinyQueue<QueueEntry>([], (a, b) => a.dueMs - b.dueMs);
  readonly #options: SchedulerOptions;
  readonly #rounds: PollRounds;
  /** Slots whose first poll is due and waits for another first poll to end. */
  readonly #firstPollQueue: Slot[] = [];
  #runningFirstPolls = 0;
  #cancelTimer: (() => void) | null = null;
  #timerDueMs = Infinity;
  #stopped = false;
  #lagMs = 0;

  constructor(targets: readonly PollTarget[], options: SchedulerOptions) {
    this.#options = options;
    this.#rounds = new PollRounds((edgeId) => this.hasten(edgeId, 'health'), options.clock);
    this.retarget(targets);
  }

  /**
   * Polls these targets from now on. Those it has already keep their due times, unless they are among the `changed`; new ones are
   * read at once, others are dropped.
   */
  retarget(targets: readonly PollTarget[], changed: ReadonlySet<string> = new Set()): void {
    const retained = new Map(this.#slots);
    this.#slots.clear();
    const added: PollTarget[] = [];
    for (const target of targets) {
      const slot = changed.has(target.edgeId) ? undefined : retained.get(target.edgeId);
      if (slot && isSamePolling(slot, target)) this.#slots.set(target.edgeId, slot);
      else added.push(target);
    }
    const nowMs = this.#options.clock.monotonicMs();
    added.forEach((target, index) => {
      const slot: Slot = {
        ...target,
        healthDueMs: nowMs + index * firstRoundMsPerEdge,
        // Its first poll decides when that is due.
        roleDueMs: Infinity,
        inFlight: false,
        hastened: null,
        failures: 0,
        rounds: 0,
        phase: (index * goldenRatio) % 1,
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

  /** Polls an edge as soon as no poll of it is running. `health` takes precedence over `role`. */
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

  /** Polls every edge once, besides the polls that are due. Null: that was asked for just now. */
  pollAll(): Promise<PollRoundResult> | null {
    return this.#rounds.start([...this.#slots.keys()]);
  }

  stop(): void {
    this.#stopped = true;
    this.#rounds.stop();
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #isRemoved(slot: Slot): boolean {
    return this.#slots.get(slot.edgeId) !== slot;
  }

  #enqueue(slot: Slot): void {
    slot.queuedMs = Math.min(slot.healthDueMs, slot.roleDueMs);
    this.#queue.push({ dueMs: slot.queuedMs, slot });
  }

  #arm(): void {
    const dueMs = this.#queue.peek()?.dueMs;
    if (this.#stopped || dueMs === undefined || dueMs >= this.#timerDueMs) return;
    this.#cancelTimer?.();
    this.#timerDueMs = dueMs;
    const delayMs = Math.max(0, dueMs - this.#options.clock.monotonicMs());
    this.#cancelTimer = this.#options.clock.after(delayMs, () => {
      this.#timerDueMs = Infinity;
      try {
        this.#runDue();
      } finally {
        this.#arm();
      }
    });
  }

  #runDue(): void {
    const nowMs = this.#options.clock.monotonicMs();
    const horizonMs = nowMs + togetherMs;
    this.#lagMs *= 0.95;
    let started = 0;
    for (;;) {
      const next = this.#queue.peek();
      if (!next || next.dueMs > (started < maxTogether ? horizonMs : nowMs)) break;
      this.#queue.pop();
      const { dueMs, slot } = next;
      if (slot.inFlight || slot.queuedMs !== dueMs || this.#isRemoved(slot)) continue;
      if (slot.rounds === 0) {
        slot.queuedMs = null;
        this.#firstPollQueue.push(slot);
        continue;
      }
      started += 1;
      this.#lagMs = Math.max(this.#lagMs, nowMs - dueMs);
      void this.#run(slot, slot.healthDueMs <= horizonMs ? 'health' : 'role', nowMs);
    }
    this.#runFirst(nowMs);
  }

  #runFirst(nowMs: number): void {
    while (this.#runningFirstPolls < maxFirstPolls) {
      const slot = this.#firstPollQueue.shift();
      if (!slot) return;
      if (slot.rounds > 0 || slot.inFlight || this.#isRemoved(slot)) continue;
      this.#runningFirstPolls += 1;
      slot.healthDueMs = nowMs;
      void this.#run(slot, 'health', nowMs).finally(() => {
        this.#runningFirstPolls -= 1;
        if (!this.#stopped) this.#runFirst(this.#options.clock.monotonicMs());
      });
    }
  }

  async #run(slot: Slot, kind: Reading['kind'], nowMs: number): Promise<void> {
    slot.inFlight = true;
    slot.queuedMs = null;
    const { healthIntervalMs = this.#options.healthIntervalMs } = slot;
    if (kind === 'health') {
      // Without it a short first round would stay bunched.
      const spread = slot.rounds === 0 ? 0.5 + 0.5 * slot.phase : 1;
      slot.rounds += 1;
      slot.healthDueMs = Math.max(nowMs, slot.healthDueMs + healthIntervalMs * spread);
    }
    let answered = false;
    try {
      answered = await this.#options.poll(slot.edgeId, kind);
    } finally {
      // A poll that rejects is reported by its rejection, and the edge is still polled.
      this.#rounds.ended(slot.edgeId, kind, nowMs, answered);
      this.#ended(slot, answered, nowMs);
    }
  }

  #ended(slot: Slot, answered: boolean, startedMs: number): void {
    if (this.#stopped || this.#isRemoved(slot)) return;
    slot.inFlight = false;
    slot.failures = answered ? 0 : slot.failures + 1;
    const endedMs = this.#options.clock.monotonicMs();
    const isFirst = slot.hasRolePoll && slot.roleDueMs === Infinity;
    if (isFirst) slot.roleDueMs = endedMs + slot.phase * this.#roleIntervalMs(slot);
    else if (slot.hasRolePoll) slot.roleDueMs = this.#nextRoleMs(slot, startedMs, endedMs);
    if (slot.hastened === 'health') slot.healthDueMs = endedMs;
    else if (slot.hastened === 'role') slot.roleDueMs = endedMs;
    slot.hastened = null;
    this.#enqueue(slot);
    this.#arm();
  }

  /** An unanswered poll is repeated at once, so that silence is known soon; a silent edge is then polled less often. */
  #nextRoleMs(slot: Slot, startedMs: number, endedMs: number): number {
    if (slot.failures > 0 && slot.failures < failuresBeforeBackoff) return endedMs;
    return Math.max(endedMs, startedMs + this.#roleIntervalMs(slot)) + this.#backoffMs(slot);
  }

  #roleIntervalMs({ roleIntervalMs = this.#options.roleIntervalMs }: PollTarget): number {
    return roleIntervalMs;
  }

  #backoffMs(slot: Slot): number {
    const beyond = slot.failures - failuresBeforeBackoff;
    if (beyond < 0) return 0;
    const backoffMs = Math.min(longestBackoffMs, this.#roleIntervalMs(slot) * 2 ** Math.min(beyond, 10));
    return backoffMs * (0.8 + 0.4 * this.#options.random());
  }
}

function isSamePolling(one: PollTarget, other: PollTarget): boolean {
  return (
    one.hasRolePoll === other.hasRolePoll &&
    one.healthIntervalMs === other.healthIntervalMs &&
    one.roleIntervalMs === other.roleIntervalMs
  );
}
