import { z } from 'zod';
import type { ChannelStatus } from '../../domain/model/channel-status';

const timeMs = z.number();

export const journalSchema = z.object({
  delivered: z.array(
    z.object({
      ...{ channel: z.string(), groupId: z.string(), noticeId: z.string(), atMs: timeMs },
      /** Whom of several it did not reach, and why. */
      words: z.string().optional(),
    }),
  ),
  results: z.array(
    z.object({
      channel: z.string(),
      lastSuccessMs: timeMs.nullable(),
      lastFailure: z.object({ atMs: timeMs, words: z.string() }).nullable(),
    }),
  ),
});
type JournalText = z.infer<typeof journalSchema>;

/** Deliveries that are remembered, so that an alert shows by which channels people were notified. */
const mostDelivered = 500;

export type ChannelResult = Pick<ChannelStatus, 'lastSuccessMs' | 'lastFailure'>;

/** What was delivered, and the last success and failure of each channel, over restarts. */
export class DeliveryJournal {
  #delivered: JournalText['delivered'] = [];
  readonly #results = new Map<string, ChannelResult>();

  resultOf(channel: string): ChannelResult {
    return this.#results.get(channel) ?? { lastSuccessMs: null, lastFailure: null };
  }

  /** The latest delivery of a group by a channel; undefined: none is known. */
  delivery(channel: string, groupId: string): JournalText['delivered'][number] | undefined {
    return this.#delivered.findLast((one) => one.channel === channel && one.groupId === groupId);
  }

  succeeded(channel: string, atMs: number): void {
    this.#results.set(channel, { ...this.resultOf(channel), lastSuccessMs: Math.round(atMs) });
  }

  failed(channel: string, atMs: number, words: string): void {
    this.#results.set(channel, {
      ...this.resultOf(channel),
      lastFailure: { atMs: Math.round(atMs), words },
    });
  }

  delivered(
    channel: string,
    notice: { id: string; groupId: string },
    atMs: number,
    words: string | null = null,
  ): void {
    const { id: noticeId, groupId } = notice;
    const others = this.#delivered.filter((one) => one.channel !== channel || one.groupId !== groupId);
    const of = { channel, groupId, noticeId, atMs: Math.round(atMs), ...(words === null ? {} : { words }) };
    this.#delivered = [...others, of].slice(-mostDelivered);
  }

  rename(from: string, to: string): void {
    this.#delivered = this.#delivered.map((one) => (one.channel === from ? { ...one, channel: to } : one));
    const result = this.#results.get(from);
    if (!result) return;
    this.#results.delete(from);
    this.#results.set(to, result);
  }

  /** Forgets channels that are not configured any more. */
  retain(channels: ReadonlySet<string>): void {
    this.#delivered = this.#delivered.filter(({ channel }) => channels.has(channel));
    for (const channel of this.#results.keys()) if (!channels.has(channel)) this.#results.delete(channel);
  }

  toStored(): JournalText {
    const results = [...this.#results].map(([channel, result]) => ({ channel, ...result }));
    return { delivered: this.#delivered, results };
  }

  restore({ delivered, results }: JournalText): void {
    this.#delivered = delivered;
    for (const { channel, ...result } of results) this.#results.set(channel, result);
  }
}
