import { quietWaitMs, wantedNotice } from '../../domain/alerts/delivery/wanted-notice';
import type { NoticeChannel } from '../../domain/alerts/delivery/channel-settings';
import type { AlertNotice } from '../../domain/model/alert';
import type { ChannelStatus, NoticeDelivery } from '../../domain/model/channel-status';
import type { Clock } from '../base/clock';
import { countFault } from '../log/guard';
import { DeliveryFailure } from './delivery-failure';
import type { Outbox, Waiting } from './outbox';

const firstBackoffMs = 5_000;
const longestBackoffMs = 10 * 60_000;
/** A notice that could not be delivered for this long is given up. */
const giveUpMs = 24 * 60 * 60_000;
/** Between two deliveries, so that a receiver with a rate limit of one a second is not exceeded. */
const spacingMs = 1_000;

export interface NoticeWorkerOptions {
  channel: NoticeChannel;
  where: string;
  outbox: Outbox;
  clock: Clock;
  /** Uniform in [0, 1). */
  random: () => number;
  /** @throws DeliveryFailure */
  /** `reached`: those of several receivers that have it from an earlier try. */
  deliver: (notice: AlertNotice, reached: readonly string[]) => Promise<void>;
}

/** Delivers the notices of one channel, one at a time and oldest first, and tries again with growing pauses. */
export class NoticeWorker {
  #cancel: (() => void) | null = null;
  #inFlight: Promise<void> | null = null;
  #isStarted = false;
  #isStopped = false;
  #notBeforeMonotonicMs = 0;

  constructor(private readonly options: NoticeWorkerOptions) {}

  /** Delivers from now on. What it is given before that waits. */
  start(): void {
    this.#isStarted = true;
    this.#schedule();
  }

  take(notice: AlertNotice): void {
    const { channel, outbox, clock } = this.options;
    const wanted = wantedNotice(notice, channel);
    if (wanted === null) return;
    const nowMs = clock.nowMs();
    outbox.add(channel.name, wanted, quietWaitMs(wanted, channel, nowMs));
    this.#schedule();
  }

  /** Delivers a notice now, past the queue, for a person who tests the channel. @throws DeliveryFailure */
  async test(notice: AlertNotice): Promise<void> {
    try {
      await this.options.deliver(notice, []);
      this.#noteSuccess();
    } catch (fault) {
      this.#noteFailure(fault);
      throw fault;
    } finally {
      this.options.outbox.save();
    }
  }

  /** What became of the latest notice of a group of alerts. */
  delivery(groupId: string): NoticeDelivery {
    const { channel, where, outbox, clock } = this.options;
    const of = { channel: channel.name, kind: channel.kind, where };
    const none = { ...of, state: 'none', atMs: null, tries: 0, nextTryMs: null, words: null } as const;
    const waiting = outbox.waitingFor(channel.name).find(({ notice }) => notice.groupId === groupId);
    const delivered = outbox.journal.delivery(channel.name, groupId);
    const failed = outbox.failedOfGroup(channel.name, groupId);
    if (waiting) {
      const { tries, nextTryMonotonicMs } = waiting;
      const nextTryMs = Math.round(clock.nowMs() + nextTryMonotonicMs - clock.monotonicMs());
      const words = tries > 0 ? (outbox.journal.resultOf(channel.name).lastFailure?.words ?? null) : null;
      return { ...none, state: tries > 0 ? 'retrying' : 'waiting', tries, nextTryMs, words };
    }
    if (failed && failed.failedMs >= (delivered?.atMs ?? -Infinity))
      return { ...none, state: 'failed', atMs: failed.failedMs, words: failed.words };
    return delivered
      ? { ...none, state: 'delivered', atMs: delivered.atMs, words: delivered.words ?? null }
      : none;
  }

  /** Looks at the queue again. */
  wake(): void {
    this.#schedule();
  }

  status(): ChannelStatus {
    const { channel, where, outbox, clock } = this.options;
    const waiting = outbox.waitingFor(channel.name);
    const [first] = waiting;
    const failed = outbox.failedOf(channel.name);
    const { lastSuccessMs, lastFailure } = outbox.journal.resultOf(channel.name);
    const hasFailedSince = (lastFailure?.atMs ?? -Infinity) > (lastSuccessMs ?? -Infinity);
    const isUnused = lastSuccessMs === null && lastFailure === null && failed === 0;
    const state =
      (first?.tries ?? 0) > 0
        ? 'retrying'
        : hasFailedSince || (isUnused && failed > 0)
          ? 'failing'
          : isUnused
            ? 'unused'
            : 'working';
    return {
      name: channel.name,
      kind: channel.kind,
      where,
      state,
      lastSuccessMs,
      lastFailure,
      waiting: waiting.length,
      tries: first?.tries ?? 0,
      nextTryMs:
        first && first.tries > 0
          ? Math.round(clock.nowMs() + first.nextTryMonotonicMs - clock.monotonicMs())
          : null,
      failed,
    };
  }

  /** Stops; a delivery under way may end first. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#inFlight;
  }

  #schedule(): void {
    if (!this.#isStarted || this.#isStopped || this.#inFlight) return;
    this.#cancel?.();
    const next = this.#next();
    if (!next) return;
    const delayMs =
      Math.max(next.nextTryMonotonicMs, this.#notBeforeMonotonicMs) - this.options.clock.monotonicMs();
    this.#cancel = this.options.clock.after(Math.max(0, delayMs), () => {
      this.#inFlight = this.#deliver(next).finally(() => {
        this.#inFlight = null;
        this.#schedule();
      });
    });
  }

  #next(): Waiting | undefined {
    const waiting = this.options.outbox.waitingFor(this.options.channel.name);
    return waiting.toSorted((a, b) => a.nextTryMonotonicMs - b.nextTryMonotonicMs)[0];
  }

  async #deliver(entry: Waiting): Promise<void> {
    const { outbox, deliver, clock } = this.options;
    try {
      await deliver(entry.notice, entry.reached ?? []);
      this.#noteSuccess();
      outbox.delivered(entry);
    } catch (fault) {
      const { words, isPassing, retryAfterMs, reached } = this.#noteFailure(fault);
      this.#notBeforeMonotonicMs = clock.monotonicMs() + spacingMs;
      const nowMs = clock.monotonicMs();
      const waitMs = retryAfterMs ?? this.#backoffMs(entry.tries);
      const goesOn = isPassing && nowMs + waitMs - entry.sinceMonotonicMs < giveUpMs;
      outbox.failed(entry, words, goesOn ? nowMs + waitMs : null, reached);
    }
    this.#notBeforeMonotonicMs = clock.monotonicMs() + spacingMs;
  }

  #backoffMs(tries: number): number {
    const fullMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(tries, 20));
    return fullMs * (0.75 + this.options.random() / 2);
  }

  #noteFailure(fault: unknown): DeliveryFailure {
    const failure =
      fault instanceof DeliveryFailure
        ? fault
        : new DeliveryFailure('an error in Heron prevented the delivery', true);
    if (failure !== fault) countFault(`channel ${this.options.channel.kind}`, fault);
    const { channel, outbox, clock } = this.options;
    outbox.journal.failed(channel.name, clock.nowMs(), failure.words);
    return failure;
  }

  #noteSuccess(): void {
    const { channel, outbox, clock } = this.options;
    outbox.journal.succeeded(channel.name, clock.nowMs());
  }
}
