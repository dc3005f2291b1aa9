import { renameSync } from 'node:fs';
import { z } from 'zod';
import { alertNoticeSchema, type AlertNotice } from '../../domain/model/alert';
import type { Undelivered } from '../../domain/model/channel-status';
import { asJson } from '../base/as-json';
import { readSmallFile } from '../base/read-small-file';
import type { Clock } from '../base/clock';
import { writeFileDurablySync } from '../base/write-file';
import { log } from '../log/log';
import { DeliveryJournal, journalSchema } from './delivery-journal';

const timeMs = z.number();
/** A notice that is to be delivered. Its times are monotonic: a step of the wall clock neither delays nor gives up a delivery. */
export interface Waiting {
  channel: string;
  notice: AlertNotice;
  sinceMonotonicMs: number;
  tries: number;
  nextTryMonotonicMs: number;
  /** Those of several receivers that have it already. */
  reached?: readonly string[] | undefined;
}

/** As it is stored: how long it has waited, and how long it is to wait for its next try. */
const waitingSchema = z.object({
  channel: z.string(),
  notice: alertNoticeSchema,
  ageMs: z.number().min(0),
  tries: z.int().min(0),
  waitMs: z
    .number()
    .min(0)
    .max(24 * 60 * 60_000),
  reached: z.array(z.string()).optional(),
});
const failedSchema = z.object({
  channel: z.string(),
  notice: alertNoticeSchema,
  failedMs: timeMs,
  words: z.string(),
});
type Failed = z.infer<typeof failedSchema>;

const fileSchema = z.object({
  waiting: z.array(waitingSchema),
  failed: z.array(failedSchema),
  journal: journalSchema.optional(),
});

/** A receiver that is away for long must not fill memory or disk: the oldest are given up first. */
const mostWaiting = 200;
const mostFailed = 200;
/** A file larger than this is not read again (read-small-file.ts); notices have 2 to 60 KB. */
const mostFileBytes = 3 << 20;

/** What channels have to deliver, kept over a restart in a file that only its owner may read. It contains no secrets. */
export class Outbox {
  readonly journal = new DeliveryJournal();
  #waiting: Waiting[] = [];
  #failed: Failed[] = [];

  /** @param file null: kept in memory only */
  constructor(
    private readonly file: string | null,
    private readonly clock: Clock,
  ) {
    if (file === null) return;
    try {
      this.#read(file);
    } catch (fault) {
      log.warn(
        `The notices that waited for delivery cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`,
      );
    }
  }

  waitingFor(channel: string): readonly Waiting[] {
    return this.#waiting.filter((entry) => entry.channel === channel);
  }

  failedOf(channel: string): number {
    return this.#failed.filter((entry) => entry.channel === channel).length;
  }

  /** What a channel gave up of a group, the latest; null: nothing. */
  failedOfGroup(channel: string, groupId: string): { failedMs: number; words: string } | null {
    const found = this.#failed.findLast((one) => one.channel === channel && one.notice.groupId === groupId);
    return found ? { failedMs: Math.round(found.failedMs), words: found.words } : null;
  }

  /** What was given up, newest first. */
  undelivered(): Undelivered[] {
    return this.#failed.toReversed().map(({ channel, notice, failedMs, words }) => ({
      channel,
      noticeId: notice.id,
      title: notice.title,
      atMs: notice.atMs,
      failedMs: Math.round(failedMs),
      words,
    }));
  }

  /** Adds a notice. One of the same group that was not delivered yet is replaced: people get the present state, not its history. */
  add(channel: string, notice: AlertNotice, waitMs: number): void {
    const nowMs = this.clock.monotonicMs();
    const earlier = this.#waiting.find(
      (entry) => entry.channel === channel && entry.notice.groupId === notice.groupId,
    );
    const isLoud = notice.isLoud || (earlier?.notice.isLoud ?? false);
    const rest = this.#waiting.filter((entry) => entry !== earlier);
    const entry = {
      channel,
      notice: { ...notice, isLoud },
      sinceMonotonicMs: earlier?.sinceMonotonicMs ?? nowMs,
      tries: earlier?.tries ?? 0,
      nextTryMonotonicMs: Math.max(
        nowMs + waitMs,
        earlier && earlier.tries > 0 ? earlier.nextTryMonotonicMs : 0,
      ),
    };
    this.#waiting = [...rest, entry];
    for (const old of this.#waiting.filter((one) => one.channel === channel).slice(0, -mostWaiting))
      this.#giveUp(old, 'more notices waited than are kept');
    this.save();
  }

  /** `words`: whom of several it did not reach, and why; null: it reached all. */
  delivered(entry: Waiting, words: string | null = null): void {
    this.#waiting = this.#waiting.filter((one) => one !== entry);
    this.journal.delivered(entry.channel, entry.notice, this.clock.nowMs(), words);
    this.save();
  }

  /**
   * A try failed. `nextTryMonotonicMs` null: the notice is given up, and counts as delivered where some have it.
   *
   * @param reached those of several receivers that have it now
   */
  failed(
    entry: Waiting,
    words: string,
    nextTryMonotonicMs: number | null,
    reached: readonly string[] = [],
  ): void {
    const all = [...(entry.reached ?? []), ...reached];
    if (nextTryMonotonicMs === null && all.length > 0) return this.delivered(entry, words);
    if (nextTryMonotonicMs === null) this.#giveUp(entry, words);
    else {
      const next = {
        tries: entry.tries + 1,
        nextTryMonotonicMs,
        ...(all.length > 0 ? { reached: all } : {}),
      };
      this.#waiting = this.#waiting.map((one) => (one === entry ? { ...one, ...next } : one));
    }
    this.save();
  }

  /** Lets a notice that was given up be delivered again; false: there is none. */
  sendAgain(channel: string, noticeId: string): boolean {
    const failed = this.#failed.find((entry) => entry.channel === channel && entry.notice.id === noticeId);
    if (!failed) return false;
    const nowMs = this.clock.monotonicMs();
    this.#failed = this.#failed.filter((entry) => entry !== failed);
    this.#waiting = [
      ...this.#waiting,
      { channel, notice: failed.notice, sinceMonotonicMs: nowMs, tries: 0, nextTryMonotonicMs: nowMs },
    ];
    this.save();
    return true;
  }

  /** Forgets a notice that was given up; false: there is none. */
  forget(channel: string, noticeId: string): boolean {
    const kept = this.#failed.filter((one) => one.channel !== channel || one.notice.id !== noticeId);
    const isThere = kept.length < this.#failed.length;
    this.#failed = kept;
    if (isThere) this.save();
    return isThere;
  }

  /** A channel has another name from now on. */
  rename(from: string, to: string): void {
    // In place: a delivery that is under way finds its entry by identity.
    for (const entry of [...this.#waiting, ...this.#failed]) if (entry.channel === from) entry.channel = to;
    this.journal.rename(from, to);
  }

  /** Forgets what belongs to channels that are not configured any more. */
  retain(channels: ReadonlySet<string>): void {
    this.journal.retain(channels);
    this.#waiting = this.#waiting.filter(({ channel }) => channels.has(channel));
    this.#failed = this.#failed.filter(({ channel }) => channels.has(channel));
    this.save();
  }

  #giveUp(entry: Waiting, words: string): void {
    this.#waiting = this.#waiting.filter((one) => one !== entry);
    const { channel, notice } = entry;
    this.#failed = [...this.#failed, { channel, notice, failedMs: this.clock.nowMs(), words }].slice(
      -mostFailed,
    );
  }

  /** Stores everything. A failed write never stops delivery: after a restart some notices may then be delivered twice or not at all. */
  save(): void {
    if (this.file === null) return;
    try {
      writeFileDurablySync(this.file, this.#text(), { replace: true });
    } catch (fault) {
      log.warn(
        `The notices that wait for delivery could not be stored: ${fault instanceof Error ? fault.message : String(fault)}`,
      );
    }
  }

  /** The newest failures that fit: what waits matters more. */
  #text(): string {
    const nowMs = this.clock.monotonicMs();
    const waiting = this.#waiting.map(({ sinceMonotonicMs, nextTryMonotonicMs, ...entry }) => ({
      ...entry,
      ageMs: Math.max(0, nowMs - sinceMonotonicMs),
      waitMs: Math.max(0, nextTryMonotonicMs - nowMs),
    }));
    for (let kept = this.#failed; ; kept = kept.slice(Math.ceil(kept.length / 2))) {
      const text = JSON.stringify({ waiting, failed: kept, journal: this.journal.toStored() });
      if (text.length < mostFileBytes || kept.length === 0) return text;
    }
  }

  /** A file that is no outbox is moved aside; one that cannot be read stays where it is. */
  #read(file: string): void {
    const text = readSmallFile(file);
    if (text === null) return;
    const nowMs = this.clock.monotonicMs();
    const stored = fileSchema.safeParse(asJson(text));
    if (!stored.success) {
      log.warn(`${file} is no list of notices that wait for delivery, and is moved aside.`);
      renameSync(file, `${file}.damaged`);
      return;
    }
    this.#failed = stored.data.failed;
    if (stored.data.journal) this.journal.restore(stored.data.journal);
    this.#waiting = stored.data.waiting.map(({ ageMs, waitMs, ...entry }) => ({
      ...entry,
      sinceMonotonicMs: nowMs - ageMs,
      nextTryMonotonicMs: nowMs + waitMs,
    }));
  }
}
