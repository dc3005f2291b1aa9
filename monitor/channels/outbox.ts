import { existsSync, renameSync } from 'node:fs';
import { z } from 'zod';
import { alertNoticeSchema, type AlertNotice } from '../../domain/model/alert';
import type { Undelivered } from '../../domain/model/channel-status';
import { readSmallFile } from '../base/read-small-file';
import { writeFileDurablySync } from '../base/write-file';
import { log } from '../log/log';

const timeMs = z.number();
const waitingSchema = z.object({
  channel: z.string(),
  notice: alertNoticeSchema,
  sinceMs: timeMs,
  tries: z.int().min(0),
  nextTryMs: timeMs,
});
export type Waiting = z.infer<typeof waitingSchema>;
const failedSchema = z.object({
  channel: z.string(),
  notice: alertNoticeSchema,
  failedMs: timeMs,
  words: z.string(),
});
type Failed = z.infer<typeof failedSchema>;

const fileSchema = z.object({ waiting: z.array(waitingSchema), failed: z.array(failedSchema) });

/** A receiver that is away for long must not fill memory or disk: the oldest are given up first. */
const mostWaiting = 200;
const mostFailed = 200;
/** A file larger than this is not read again (read-small-file.ts); notices have 2 to 60 KB. */
const mostFileBytes = 3 << 20;

/** What channels have to deliver, kept over a restart in a file that only its owner may read. It contains no secrets. */
export class Outbox {
  #waiting: Waiting[] = [];
  #failed: Failed[] = [];

  /** @param file null: kept in memory only */
  constructor(private readonly file: string | null) {
    if (file !== null) this.#read(file);
  }

  waitingFor(channel: string): readonly Waiting[] {
    return this.#waiting.filter((entry) => entry.channel === channel);
  }

  failedOf(channel: string): number {
    return this.#failed.filter((entry) => entry.channel === channel).length;
  }

  undelivered(): Undelivered[] {
    return this.#failed.map(({ channel, notice, failedMs, words }) => ({
      channel,
      noticeId: notice.id,
      title: notice.title,
      atMs: notice.atMs,
      failedMs: Math.round(failedMs),
      words,
    }));
  }

  /** Adds a notice. One of the same group that was not delivered yet is replaced: people get the present state, not its history. */
  add(channel: string, notice: AlertNotice, nowMs: number, waitMs: number): void {
    const earlier = this.#waiting.find(
      (entry) => entry.channel === channel && entry.notice.groupId === notice.groupId,
    );
    const isLoud = notice.isLoud || (earlier?.notice.isLoud ?? false);
    const rest = this.#waiting.filter((entry) => entry !== earlier);
    const entry = {
      channel,
      notice: { ...notice, isLoud },
      sinceMs: earlier?.sinceMs ?? nowMs,
      tries: earlier?.tries ?? 0,
      nextTryMs: Math.max(nowMs + waitMs, earlier && earlier.tries > 0 ? earlier.nextTryMs : 0),
    };
    this.#waiting = [...rest, entry];
    for (const old of this.#waiting.filter((one) => one.channel === channel).slice(0, -mostWaiting))
      this.#giveUp(old, 'more notices waited than are kept', nowMs);
    this.#save();
  }

  delivered(entry: Waiting): void {
    this.#waiting = this.#waiting.filter((one) => one !== entry);
    this.#save();
  }

  /** A try failed. `nextTryMs` null: the notice is given up. */
  failed(entry: Waiting, words: string, nextTryMs: number | null, nowMs: number): void {
    if (nextTryMs === null) this.#giveUp(entry, words, nowMs);
    else
      this.#waiting = this.#waiting.map((one) =>
        one === entry ? { ...one, tries: one.tries + 1, nextTryMs } : one,
      );
    this.#save();
  }

  /** Lets a notice that was given up be delivered again; false: there is none. */
  sendAgain(channel: string, noticeId: string, nowMs: number): boolean {
    const failed = this.#failed.find((entry) => entry.channel === channel && entry.notice.id === noticeId);
    if (!failed) return false;
    this.#failed = this.#failed.filter((entry) => entry !== failed);
    this.#waiting = [
      ...this.#waiting,
      { channel, notice: failed.notice, sinceMs: nowMs, tries: 0, nextTryMs: nowMs },
    ];
    this.#save();
    return true;
  }

  /** Forgets what belongs to channels that are not configured any more. */
  retain(channels: ReadonlySet<string>): void {
    this.#waiting = this.#waiting.filter(({ channel }) => channels.has(channel));
    this.#failed = this.#failed.filter(({ channel }) => channels.has(channel));
    this.#save();
  }

  #giveUp(entry: Waiting, words: string, nowMs: number): void {
    this.#waiting = this.#waiting.filter((one) => one !== entry);
    const { channel, notice } = entry;
    this.#failed = [...this.#failed, { channel, notice, failedMs: nowMs, words }].slice(-mostFailed);
  }

  /** A failed write never stops delivery: after a restart some notices may then be delivered twice or not at all. */
  #save(): void {
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
    for (let kept = this.#failed; ; kept = kept.slice(Math.ceil(kept.length / 2))) {
      const text = JSON.stringify({ waiting: this.#waiting, failed: kept });
      if (text.length < mostFileBytes || kept.length === 0) return text;
    }
  }

  #read(file: string): void {
    try {
      const text = readSmallFile(file);
      if (text === null) return;
      const { waiting, failed } = fileSchema.parse(JSON.parse(text));
      [this.#waiting, this.#failed] = [waiting, failed];
    } catch (fault) {
      log.warn(
        `The notices that waited for delivery cannot be read, and are moved aside: ${fault instanceof Error ? fault.name : String(fault)}`,
      );
      if (existsSync(file)) renameSync(file, `${file}.damaged`);
    }
  }
}
