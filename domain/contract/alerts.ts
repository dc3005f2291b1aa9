import { z } from 'zod';
import { alertListSchema, alertNoticeSchema, alertSchema, silenceSchema } from '../model/alert';
import { acknowledgedUntilSchema, alertMatcherSchema } from '../model/alert-rule';
import { momentSchema } from '../model/moment';

const person = z.string().trim().min(1).max(80);
const words = z.string().trim().max(500);

/** What a matcher matches now. */
export const silencePreviewSchema = z.object({
  /** Clusters and standalone edges, and how many edges of them; the names of the first rows. */
  rows: z.number().int(),
  edges: z.number().int(),
  names: z.array(z.string()),
  /** The open alerts that it would hold back. */
  alertIds: z.array(z.string()),
  matchesEverything: z.boolean(),
});
export type SilencePreview = z.infer<typeof silencePreviewSchema>;

export const alertQueries = {
  /** The alerts now (null), or as they were at a time. */
  'alerts.list': { args: z.object({ atMs: momentSchema.nullable() }), result: alertListSchema },
  'alerts.previewSilence': {
    needsMonitoring: true,
    args: z.object({ matcher: alertMatcherSchema }),
    result: silencePreviewSchema,
  },
};

export const alertCommands = {
  /** Acknowledges alerts, or withdraws that. Refused when none of them is listed any more. */
  'alerts.acknowledge': {
    needsMonitoring: true,
    args: z.object({
      ids: z.array(z.string().min(1).max(400)).min(1).max(20_000),
      by: person,
      words,
      until: acknowledgedUntilSchema,
      sticky: z.boolean(),
      assignee: person.nullable(),
      withdrawn: z.boolean(),
    }),
    result: z.void(),
  },
  /** Silences what matches until a time. One that matches everything is refused unless that is confirmed. */
  'alerts.addSilence': {
    needsMonitoring: true,
    args: z.object({
      matcher: alertMatcherSchema,
      author: person,
      reason: words.min(1),
      endsMs: momentSchema,
      matchesEverythingIsMeant: z.boolean(),
    }),
    result: silenceSchema,
  },
  'alerts.endSilence': {
    needsMonitoring: true,
    args: z.object({ id: z.string().min(1).max(100), by: person }),
    result: z.void(),
  },
};

/** What changed in the list since the last message. Alerts and silences that are not named did not change. */
export const alertChangeSchema = z.object({
  atMs: z.number().int(),
  changed: z.array(alertSchema),
  removedIds: z.array(z.string()),
  /** The silences that are new or different, and those that have ended; null: none. */
  silences: z.object({ changed: z.array(silenceSchema), removedIds: z.array(z.string()) }).nullable(),
});
export type AlertChange = z.infer<typeof alertChangeSchema>;

export const alertNotices = {
  'alerts.changed': alertChangeSchema,
  /** A notification to show or play. */
  'alerts.notice': alertNoticeSchema,
};
