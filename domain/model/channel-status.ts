import { z } from 'zod';

const timeMs = z.number().int();

/** How a channel is doing: what it delivered last, what failed last, and what waits. */
export const channelStatusSchema = z.object({
  name: z.string(),
  kind: z.enum(['webhook', 'mail', 'dead-man']),
  /** Host of the server; never a path, which may be a secret. */
  where: z.string(),
  state: z.enum(['unused', 'working', 'retrying', 'failing']),
  lastSuccessMs: timeMs.nullable(),
  lastFailure: z.object({ atMs: timeMs, words: z.string() }).nullable(),
  /** Notices that are to be delivered, the tries of the first of them, and when it is tried next. */
  waiting: z.number().int(),
  tries: z.number().int(),
  nextTryMs: timeMs.nullable(),
  /** Notices that were given up. */
  failed: z.number().int(),
});
export type ChannelStatus = z.infer<typeof channelStatusSchema>;

/** A notice that a channel gave up, and can be sent again. */
export const undeliveredSchema = z.object({
  channel: z.string(),
  noticeId: z.string(),
  title: z.string(),
  atMs: timeMs,
  failedMs: timeMs,
  words: z.string(),
});
export type Undelivered = z.infer<typeof undeliveredSchema>;

/** What became of the latest notice of a group of alerts on one channel. */
export const noticeDeliverySchema = z.object({
  channel: z.string(),
  kind: channelStatusSchema.shape.kind,
  where: z.string(),
  /** `none`: nothing of it was to be delivered there. `waiting`: for its turn, or for the end of quiet hours. */
  state: z.enum(['none', 'waiting', 'retrying', 'delivered', 'failed']),
  /** When it was delivered or given up. */
  atMs: timeMs.nullable(),
  tries: z.number().int(),
  nextTryMs: timeMs.nullable(),
  /** Why it was not delivered yet, or at all. */
  words: z.string().nullable(),
});
export type NoticeDelivery = z.infer<typeof noticeDeliverySchema>;
